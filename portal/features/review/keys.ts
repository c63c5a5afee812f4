/** What a key does to the film. Letters work while the player has the focus, so that nobody's own shortcuts are taken. */

export type FilmAction =
  | { kind: "toggle" | "pause" | "forward" | "reverse" | "mute" | "captions" | "loop" | "note" | "draw" }
  | { kind: "step"; frames: number }
  | { kind: "jump"; seconds: number }
  | { kind: "edge"; edge: "begin" | "end" };

const KEYS: Record<string, FilmAction> = {
  " ": { kind: "toggle" },
  k: { kind: "pause" },
  l: { kind: "forward" },
  j: { kind: "reverse" },
  ",": { kind: "step", frames: -1 },
  ".": { kind: "step", frames: 1 },
  ArrowLeft: { kind: "jump", seconds: -1 },
  ArrowRight: { kind: "jump", seconds: 1 },
  Home: { kind: "edge", edge: "begin" },
  End: { kind: "edge", edge: "end" },
  m: { kind: "mute" },
  c: { kind: "captions" },
  r: { kind: "loop" },
  n: { kind: "note" },
  d: { kind: "draw" },
};

type Press = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** The action of a key, or null. `on`: the tag that has the focus; who types, types, and space presses a button. */
export function actionOf(press: Press, on: string): FilmAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (on === "TEXTAREA" || on === "INPUT" || on === "SELECT") return null;
  if (on === "BUTTON" && press.key === " ") return null;
  return KEYS[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}

const SPEEDS = [1, 1.5, 2, 4];

/** The next speed of somebody who presses L, or J, again. */
export const faster = (speed: number): number => SPEEDS.find((known) => known > speed) ?? SPEEDS.at(-1)!;
