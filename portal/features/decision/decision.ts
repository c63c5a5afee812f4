import type { Version } from "@/lib/api/types";

export type Blocker = "replaced" | "decided" | "empty";

/** Why this version cannot be decided on now, or null. The order is the order in which a client is told. */
export const decisionBlocker = (version: Pick<Version, "replaced_at" | "decision" | "films">): Blocker | null =>
  version.replaced_at !== null ? "replaced" : version.decision !== null ? "decided" : version.films.length === 0 ? "empty" : null;

/** Whole seconds in which a decision can still be taken back; 0 when it counts. Times in milliseconds since 1970. */
export const secondsLeft = (takesEffectAt: number, now: number): number => Math.max(0, Math.ceil((takesEffectAt - now) / 1000));
