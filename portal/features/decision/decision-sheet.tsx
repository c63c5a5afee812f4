"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { DraftKept } from "@/components/draft-kept";
import { TextArea } from "@/components/field";
import { Notice } from "@/components/notice";
import { Sheet } from "@/components/sheet";
import { api } from "@/lib/api/browser";
import type { Decision, Verdict, Version } from "@/lib/api/types";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { isText, useDraft } from "@/lib/use-draft";

type Props = {
  version: Version;
  verdict: Verdict;
  openNoteCount: number;
  onClose: () => void;
  onDecided: (decision: Decision) => void;
};

/** The question before the decision: which version, what follows, and the sentence that is kept as evidence. */
export function DecisionSheet({ version, verdict, openNoteCount, onClose, onDecided }: Props) {
  const t = useTranslations("decision");
  const problems = useTranslations("problems");
  const { draft, isKept, put } = useDraft(`${verdict}:${version.id}`, isText);
  const note = draft ?? "";
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | "words" | null>(null);
  const isApproval = verdict === "approved";
  const agreedText = isApproval ? version.agreements.approve : version.agreements.request_changes;

  async function decide() {
    if (!isApproval && !note.trim() && openNoteCount === 0) return setProblem("words");
    setBusy(true);
    const decided = await outcomeOf(
      api.POST("/api/portal/versions/{version_id}/decision", {
        params: { path: { version_id: version.id } },
        body: {
          verdict,
          agreed_text: agreedText,
          note: note.trim(),
          files: version.films.map(({ format, sha256 }) => ({ format, sha256 })),
        },
      }),
    );
    setBusy(false);
    if (decided.ok) {
      put(null);
      onDecided(decided.data);
    } else setProblem(decided.problem);
  }

  const rounds = version.included_revision_rounds;
  return (
    <Sheet title={t(verdict, { number: version.number })} open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <blockquote className="border-l-4 border-accent pl-3">{agreedText}</blockquote>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-14 text-muted">
        <li>{isApproval ? t("approvedFollows") : t("changesFollow", { count: openNoteCount })}</li>
        {isApproval && openNoteCount > 0 && <li className="font-medium text-caution">{t("openNotes", { count: openNoteCount })}</li>}
        {!isApproval && rounds !== null && <li>{t("round", { number: version.used_revision_rounds + 1, count: rounds })}</li>}
        <li>{t("kept", { formats: version.films.map((film) => film.format).join(", ") })}</li>
        <li>{t("undoText", { seconds: version.undo_s })}</li>
      </ul>
      <div className="flex flex-col gap-1">
        <label htmlFor="decision-note" className="text-14 font-medium">
          {isApproval ? t("noteOptional") : t("note")}
        </label>
        <TextArea id="decision-note" rows={3} maxLength={10_000} value={note} onChange={(event) => put(event.target.value || null)} />
        {isKept && <DraftKept />}
      </div>
      {problem && <Notice kind="trouble">{problem === "words" ? t("needsWords") : problems(problem)}</Notice>}
      <div className="flex flex-col gap-2 sm:flex-row-reverse">
        <Button disabled={isBusy} onClick={() => void decide()} className="sm:flex-1">
          {t(isApproval ? "confirmApproval" : "confirmChanges")}
        </Button>
        <Button look="quiet" onClick={onClose} className="sm:flex-1">
          {t("lookAgain")}
        </Button>
      </div>
    </Sheet>
  );
}
