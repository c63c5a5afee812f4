/** Codes of refusals that this portal explains in the reader's language; others are told by `unknown`. */
const EXPLAINED = [
  "sign_in_link_spent",
  "sign_in_code_wrong",
  "passkey_refused",
  "passkey_known",
  "too_many_passkeys",
  "too_many_attempts",
  "version_replaced",
  "version_decided",
  "decision_counts",
  "files_differ",
  "not_paid_yet",
  "not_approved_yet",
  "preview_read_only",
  "preview_over",
  "not_your_note",
  "note_answered",
  "too_many_notes",
  "revision_outdated",
  "not_signed_in",
] as const;

export type ProblemCode = (typeof EXPLAINED)[number] | "offline" | "unknown";

const isExplained = (code: unknown): code is ProblemCode => EXPLAINED.some((known) => known === code);

/** What to say of an answer that was no success: its own code where we have words for it. */
export function codeOf(error: unknown, status: number): ProblemCode {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (isExplained(code)) return code;
  if (status === 429) return "too_many_attempts";
  return status === 401 ? "not_signed_in" : "unknown";
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

export type Outcome<T> = { ok: true; data: T } | { ok: false; problem: ProblemCode; status: number };

/** A call's outcome as a value. Where no answer came at all, nothing was kept and it may be sent again. */
export async function outcomeOf<T>(call: Promise<Answer<T>>): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await call;
    if (response.ok) return { ok: true, data: data as T };
    return { ok: false, problem: codeOf(error, response.status), status: response.status };
  } catch {
    return { ok: false, problem: "offline", status: 0 };
  }
}
