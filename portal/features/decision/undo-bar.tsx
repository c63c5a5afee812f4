"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { api } from "@/lib/api/browser";
import type { Decision } from "@/lib/api/types";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { secondsLeft } from "./decision";

type Props = { decision: Decision; onWithdrawn: () => void; onOver: () => void };

/** For ten seconds: what was decided, and the way back. */
export function UndoBar({ decision, onWithdrawn, onOver }: Props) {
  const t = useTranslations("decision");
  const problems = useTranslations("problems");
  const until = Date.parse(decision.takes_effect_at);
  const [left, setLeft] = useState(() => secondsLeft(until, Date.now()));
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  useEffect(() => {
    const ticking = setInterval(() => {
      const now = secondsLeft(until, Date.now());
      setLeft(now);
      if (now === 0) {
        clearInterval(ticking);
        onOver();
      }
    }, 250);
    return () => clearInterval(ticking);
  }, [until, onOver]);

  async function undo() {
    const undone = await outcomeOf(
      api.DELETE("/api/portal/versions/{version_id}/decision", { params: { path: { version_id: decision.version_id } } }),
    );
    if (undone.ok) onWithdrawn();
    else setProblem(undone.problem);
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        <p role="status" className="flex-1 font-medium">
          {t(decision.verdict === "approved" ? "didApprove" : "didRequest")}
        </p>
        {decision.is_mine && left > 0 && (
          <Button look="quiet" onClick={() => void undo()}>
            <Undo2 aria-hidden className="size-4" />
            <span>
              {t("undo")} <span className="inline-block min-w-6 text-right text-muted tabular-nums">{left}</span>
            </span>
          </Button>
        )}
      </div>
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
    </div>
  );
}
