import type { Stroke } from "@/lib/api/types";
import type { Span } from "./use-film";

/** A note that is being written: its words, its moment, and what is drawn. Frames of the version that it is about. */
export type NoteDraft = { versionId: string; text: string; isWhole: boolean; frame: number; span: Span | null; strokes: Stroke[] };

export const emptyNote = (versionId: string): NoteDraft => ({ versionId, text: "", isWhole: false, frame: 0, span: null, strokes: [] });

/** The draft as it goes on in a version: in another one than it was begun in, its words stay and its place is nobody's. */
export const noteIn = (draft: NoteDraft | null, versionId: string): NoteDraft =>
  draft === null ? emptyNote(versionId) : draft.versionId === versionId ? draft : { ...emptyNote(versionId), text: draft.text };

/** Whether there is anything to keep. */
export const isEmptyNote = ({ text, isWhole, span, strokes }: NoteDraft): boolean => !text && !isWhole && !span && !strokes.length;

/** Whether what lay in a browser is a draft, and not something that an earlier portal or somebody else wrote. */
export const isNoteDraft = (value: unknown): value is NoteDraft =>
  isRecord(value) &&
  typeof value.versionId === "string" &&
  typeof value.text === "string" &&
  typeof value.isWhole === "boolean" &&
  typeof value.frame === "number" &&
  (value.span === null || (isRecord(value.span) && typeof value.span.start === "number" && typeof value.span.end === "number")) &&
  Array.isArray(value.strokes) &&
  value.strokes.every((stroke) => isRecord(stroke) && Array.isArray(stroke.points) && stroke.points.length > 0 && stroke.points.every(isPoint));

const isPoint = (value: unknown): boolean => isRecord(value) && typeof value.x === "number" && typeof value.y === "number";

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
