import type { Stroke } from "@/lib/api/types";

type Point = Stroke["points"][number];
type Box = { left: number; top: number; width: number; height: number };

/** What the api takes of one line, and of a drawing. */
export const MOST_POINTS = 2000;
export const MOST_STROKES = 200;
/** Nearer points than this fraction of the picture tell nothing: 1/500 is half a pixel on a phone. */
const NEAR = 0.002;

/** A place in the picture, in fractions of it, so that it lies there at any size. */
export const placeIn = (box: Box, x: number, y: number): Point => ({
  x: within((x - box.left) / box.width),
  y: within((y - box.top) / box.height),
});

/** The line with one more point, unless it is as good as the last one or there is no room left. */
export function extended(points: Point[], next: Point): Point[] {
  const last = points.at(-1);
  if (points.length >= MOST_POINTS) return points;
  if (last && Math.hypot(next.x - last.x, next.y - last.y) < NEAR) return points;
  return [...points, next];
}

/** An SVG path over a picture of 1000 by 1000; a dot where the finger only touched. */
export function pathOf({ points }: Stroke): string {
  const [first, ...rest] = points.map(({ x, y }) => `${Math.round(x * 1000)} ${Math.round(y * 1000)}`);
  return `M${first}${rest.length ? rest.map((point) => `L${point}`).join("") : "h0"}`;
}

/** Four digits are a tenth of a pixel on the largest film. */
const within = (fraction: number): number => Math.round(Math.min(1, Math.max(0, fraction)) * 10_000) / 10_000;
