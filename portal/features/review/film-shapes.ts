import type { Film } from "@/lib/api/types";

type Format = Film["format"];

/** The box of each format (app/globals.css). */
export const SHAPES: Record<Format, string> = { "9:16": "film-9x16", "1:1": "film-1x1", "16:9": "film-16x9" };

/**
 * What apps cover with their own buttons and text, in thousandths of the picture: left, top, right, bottom. The same
 * as the renderer keeps captions out of (engine/render/formats.py).
 */
export const COVERED: Record<Format, readonly [number, number, number, number]> = {
  "9:16": [60, 141, 130, 250],
  "1:1": [60, 60, 60, 80],
  "16:9": [50, 50, 50, 80],
};
