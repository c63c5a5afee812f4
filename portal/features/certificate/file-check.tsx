"use client";

import { FileSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ChangeEvent } from "react";
import { Notice } from "@/components/notice";
import { api } from "@/lib/api/browser";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { LARGEST_BYTES, sha256Of } from "./file-hash";

type State =
  | { kind: "nothing" | "reading" | "too_large" | "unreadable" }
  | { kind: "match"; name: string; format: string; isVoided: boolean }
  | { kind: "other"; name: string }
  | { kind: "problem"; problem: ProblemCode };

/** Is this the file that was decided on? It stays on this device: only its fingerprint is compared. */
export function FileCheck({ decisionId }: { decisionId: string }) {
  const t = useTranslations("certificate");
  const problems = useTranslations("problems");
  const [state, setState] = useState<State>({ kind: "nothing" });

  async function check(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (!file) return;
    if (file.size > LARGEST_BYTES) return setState({ kind: "too_large" });
    setState({ kind: "reading" });
    let sha256: string;
    try {
      sha256 = await sha256Of(file);
    } catch {
      return setState({ kind: "unreadable" });
    }
    const checked = await outcomeOf(
      api.POST("/api/portal/decisions/{decision_id}/verify", { params: { path: { decision_id: decisionId } }, body: { sha256 } }),
    );
    if (!checked.ok) return setState({ kind: "problem", problem: checked.problem });
    const { is_match, format, is_voided } = checked.data;
    setState(is_match ? { kind: "match", name: file.name, format: format ?? "", isVoided: is_voided } : { kind: "other", name: file.name });
  }

  return (
    <section aria-labelledby="check" className="flex flex-col gap-2">
      <h2 id="check" className="text-20">
        {t("check")}
      </h2>
      <p id="check-text" className="text-muted">
        {t("checkText")}
      </p>
      {/* A label that looks like a button: a browser's own words for it are in the browser's language. */}
      <label className="inline-flex min-h-11 cursor-pointer items-center gap-2 self-start rounded-10 border border-line bg-surface px-4 font-medium hover:border-muted focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-info">
        <FileSearch aria-hidden className="size-4" />
        {t("pick")}
        <input type="file" aria-describedby="check-text" accept="video/*" onChange={(event) => void check(event)} className="sr-only" />
      </label>
      {state.kind === "reading" && (
        <p role="status" className="text-muted">
          {t("reading")}
        </p>
      )}
      {state.kind === "match" && (
        <Notice kind="done">{t(state.isVoided ? "matchVoided" : "match", { name: state.name, format: state.format })}</Notice>
      )}
      {state.kind === "other" && <Notice kind="trouble">{t("noMatch", { name: state.name })}</Notice>}
      {(state.kind === "too_large" || state.kind === "unreadable") && <Notice kind="trouble">{t(state.kind)}</Notice>}
      {state.kind === "problem" && <Notice kind="trouble">{problems(state.problem)}</Notice>}
    </section>
  );
}
