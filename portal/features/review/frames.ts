/** Frames and milliseconds of a film. Notes are kept in whole milliseconds; a player knows seconds; people mean frames. */

/** Rates that files round: 29.97 is 30000/1001, and after an hour the difference is three frames. */
export function exactFps(fps: number): number {
  const whole = Math.round(fps);
  const broadcast = (whole * 1000) / 1001;
  return Math.abs(fps - broadcast) < 0.005 ? broadcast : fps;
}

/** The frame on screen at a moment; a frame is there from its begin on. */
export const frameAt = (seconds: number, fps: number): number => Math.max(0, Math.round(seconds * fps));

/** Where to seek to for a frame: its middle. A seek to its exact begin can land on the frame before. */
export const seekTarget = (frame: number, fps: number): number => (frame + 0.5) / fps;

export const msOfFrame = (frame: number, fps: number): number => Math.round((frame * 1000) / fps);

export const frameOfMs = (ms: number, fps: number): number => frameAt(ms / 1000, fps);

export const frameCount = (durationMs: number, fps: number): number => Math.max(1, Math.round((durationMs / 1000) * fps));

/** Minutes, seconds and frames within the second, as 00:07:12. */
export function timecode(frame: number, fps: number): string {
  const base = Math.round(fps);
  const seconds = Math.floor(frame / base);
  return [Math.floor(seconds / 60), seconds % 60, frame % base].map(twoDigits).join(":");
}

/** Minutes and seconds, as 0:07. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, "0");
