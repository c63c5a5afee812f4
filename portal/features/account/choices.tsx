"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Notice } from "@/components/notice";
import { LOCALES } from "@/i18n/locales";
import { api } from "@/lib/api/browser";
import type { Me } from "@/lib/api/types";
import { outcomeOf, type ProblemCode } from "@/lib/problems";

const NAMES = { nl: "Nederlands", en: "English" };
const WISHES = ["review", "reply", "message", "digest"] as const;

type Changes = Partial<Pick<Me, "language" | "notification_wishes">>;

/** Language and mails; each choice is kept at once. */
export function Choices({ me }: { me: Me }) {
  const t = useTranslations("account");
  const problems = useTranslations("problems");
  const router = useRouter();
  const [known, setKnown] = useState(me);
  const [isBusy, setBusy] = useState(false);
  const [isKept, setKept] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  async function keep(changes: Changes) {
    setBusy(true);
    const kept = await outcomeOf(
      api.PATCH("/api/portal/me", { params: { header: { "If-Match": `"${known.revision}"` } }, body: changes }),
    );
    setBusy(false);
    setProblem(kept.ok ? null : kept.problem);
    setKept(kept.ok);
    if (!kept.ok) return;
    setKnown(kept.data);
    router.refresh();
  }

  return (
    <section aria-labelledby="choices" className="flex flex-col gap-4">
      <h2 id="choices" className="text-20">
        {t("choices")}
      </h2>
      <fieldset className="flex flex-col gap-1" disabled={isBusy}>
        <legend className="text-14 font-medium">{t("language")}</legend>
        <div className="flex flex-wrap gap-x-6">
          {LOCALES.map((locale) => (
            <label key={locale} lang={locale} className="flex min-h-11 items-center gap-2">
              <input
                type="radio"
                name="language"
                checked={known.language === locale}
                onChange={() => void keep({ language: locale })}
                className="size-5 accent-accent"
              />
              {NAMES[locale]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="flex flex-col" disabled={isBusy}>
        <legend className="text-14 font-medium">{t("mails")}</legend>
        {WISHES.map((wish) => (
          <label key={wish} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              checked={known.notification_wishes[wish] ?? wish !== "digest"}
              onChange={(event) => void keep({ notification_wishes: { ...known.notification_wishes, [wish]: event.target.checked } })}
              className="size-5 shrink-0 accent-accent"
            />
            {t(`wish.${wish}`)}
          </label>
        ))}
      </fieldset>
      {isKept && !problem && <Notice kind="done">{t("kept")}</Notice>}
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
    </section>
  );
}
