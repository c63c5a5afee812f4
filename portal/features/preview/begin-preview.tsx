"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Notice } from "@/components/notice";
import { enter } from "@/features/sign-in/enter";
import { mailedLink } from "@/features/sign-in/mailed-link";
import { api } from "@/lib/api/browser";
import { outcomeOf, type ProblemCode } from "@/lib/problems";

/** The engine app opened this a moment ago, for the one who looks: the token behind the # is spent at once. */
export function BeginPreview() {
  const t = useTranslations("preview");
  const problems = useTranslations("problems");
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  useEffect(() => {
    const { token, next } = mailedLink(window.location.hash);
    window.history.replaceState(null, "", window.location.pathname);
    void outcomeOf(api.POST("/api/portal/preview", { body: { token } })).then((begun) =>
      begun.ok ? enter(next) : setProblem(begun.problem),
    );
  }, []);

  return problem ? <Notice kind="trouble">{problems(problem)}</Notice> : <p role="status">{t("opening")}</p>;
}
