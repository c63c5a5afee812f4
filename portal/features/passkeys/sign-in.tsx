"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { enter } from "@/features/sign-in/enter";
import { api } from "@/lib/api/browser";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { signedByPasskey } from "./device";
import { useCanUsePasskeys } from "./use-passkeys";

/** In with a key of one's own device. Nobody types who they are: the device knows. */
export function PasskeySignIn({ next }: { next: string }) {
  const t = useTranslations("passkeys");
  const problems = useTranslations("problems");
  const isPossible = useCanUsePasskeys();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | "none_used" | null>(null);

  async function signIn(): Promise<ProblemCode | "none_used" | null> {
    const asked = await outcomeOf(api.POST("/api/portal/sign-in/passkey/challenge"));
    if (!asked.ok) return asked.problem;
    const signed = await signedByPasskey(asked.data);
    if (signed === null) return "none_used";
    const entered = await outcomeOf(api.POST("/api/portal/sign-in/passkey", { body: signed }));
    if (!entered.ok) return entered.problem;
    enter(next);
    return null;
  }

  async function press() {
    setBusy(true);
    setProblem(null);
    setProblem(await signIn());
    setBusy(false);
  }

  if (!isPossible) return null;
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-6">
      <Button look="quiet" disabled={isBusy} onClick={() => void press()}>
        <KeyRound aria-hidden className="size-4" />
        {t("use")}
      </Button>
      {problem === "none_used" ? <Notice kind="tell">{t("noneUsed")}</Notice> : problem && <Notice kind="trouble">{problems(problem)}</Notice>}
    </div>
  );
}
