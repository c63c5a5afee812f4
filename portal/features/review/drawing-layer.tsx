"use client";

import { useRef, type PointerEvent } from "react";
import type { Stroke } from "@/lib/api/types";
import { extended, MOST_STROKES, pathOf, placeIn } from "./strokes";

type Props = { strokes: Stroke[]; label: string; onChange?: (strokes: Stroke[]) => void };

/** What is drawn on the picture; with `onChange` a finger, a pen or a mouse draws more. */
export function DrawingLayer({ strokes, label, onChange }: Props) {
  const drawing = useRef(false);

  const place = (event: PointerEvent<SVGSVGElement>) =>
    placeIn(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY);

  function begin(event: PointerEvent<SVGSVGElement>) {
    if (!onChange || strokes.length >= MOST_STROKES || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    onChange([...strokes, { points: [place(event)] }]);
  }

  function draw(event: PointerEvent<SVGSVGElement>) {
    const line = strokes.at(-1);
    if (!onChange || !drawing.current || !line) return;
    const points = extended(line.points, place(event));
    if (points !== line.points) onChange([...strokes.slice(0, -1), { points }]);
  }

  if (!strokes.length && !onChange) return null;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 1000 1000"
      preserveAspectRatio="none"
      className={`absolute inset-0 size-full ${onChange ? "cursor-crosshair touch-none" : "pointer-events-none"}`}
      onPointerDown={begin}
      onPointerMove={draw}
      onPointerUp={() => (drawing.current = false)}
      onPointerCancel={() => (drawing.current = false)}
    >
      {strokes.map((stroke, index) => (
        <g key={index} fill="none" strokeLinecap="round" strokeLinejoin="round">
          {/* Ink with an edge is seen on any picture. */}
          <path d={pathOf(stroke)} className="stroke-stage" strokeWidth={7} vectorEffect="non-scaling-stroke" />
          <path d={pathOf(stroke)} className="stroke-mark" strokeWidth={4} vectorEffect="non-scaling-stroke" />
        </g>
      ))}
    </svg>
  );
}
