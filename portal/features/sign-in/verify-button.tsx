"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { api } from "@/lib/api/browser";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { enter } from "./enter";
import { mailedLink } from "./mailed-link";

/** The token stands behind the address's #: no server, log or referrer ever sees it, and only this POST spends it. */
export function VerifyButton() {
  const t = useTranslations("signIn");
  const problems = useTranslations("problems");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  async function verify() {
    const { token, next } = mailedLink(window.location.hash);
    setBusy(true);
    const entered = await outcomeOf(api.POST("/api/portal/sign-in/token", { body: { token } }));
    if (entered.ok) return enter(next);
    if (entered.problem !== "offline") window.history.replaceState(null, "", window.location.pathname);
    setBusy(false);
    setProblem(entered.problem);
  }

  return (
    <div className="flex flex-col gap-4">
      <Button onClick={() => void verify()} disabled={isBusy}>
        {t("verify")}
      </Button>
      {problem && (
        <Notice kind="trouble">
          {problems(problem)}{" "}
          {problem === "sign_in_link_spent" && (
            <Link href="/login" className="font-medium underline">
              {t("newLink")}
            </Link>
          )}
        </Notice>
      )}
    </div>
  );
}
