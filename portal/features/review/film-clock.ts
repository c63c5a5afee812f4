/** The frame that is on screen. Apart from React's state, since it changes thirty times a second and few parts care. */
export class FilmClock {
  #frame = 0;
  readonly #listeners = new Set<() => void>();

  readonly frame = (): number => this.#frame;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(frame: number): void {
    if (frame === this.#frame) return;
    this.#frame = frame;
    for (const listener of this.#listeners) listener();
  }
}
