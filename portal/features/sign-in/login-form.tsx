"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Notice } from "@/components/notice";
import { PasskeySignIn } from "@/features/passkeys/sign-in";
import { api } from "@/lib/api/browser";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { enter } from "./enter";

/** An address, then the code of the mail; the mail's link does the same in this browser. */
export function LoginForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const problems = useTranslations("problems");
  const [email, setEmail] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  async function ask(address: string) {
    setBusy(true);
    const asked = await outcomeOf(api.POST("/api/portal/sign-in/links", { body: { email: address, next } }));
    setBusy(false);
    setProblem(asked.ok ? null : asked.problem);
    if (asked.ok) setEmail(address);
  }

  async function useCode(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code")).replaceAll(" ", "");
    setBusy(true);
    const entered = await outcomeOf(api.POST("/api/portal/sign-in/code", { body: { code } }));
    if (entered.ok) return enter(next);
    setBusy(false);
    setProblem(entered.problem);
  }

  return (
    <>
      <div className="flex flex-col gap-2">
        <h1 className="text-31">{email === null ? t("title") : t("sentTitle")}</h1>
        <p className="text-muted">{email === null ? t("text") : t("sent", { email })}</p>
      </div>
      {email === null ? (
        <form
          key="address"
          method="post"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void ask(String(new FormData(event.currentTarget).get("email")).trim());
          }}
        >
          <Field id="email" name="email" type="email" label={t("email")} autoComplete="email" required maxLength={254} />
          <Button type="submit" disabled={isBusy}>
            {t("ask")}
          </Button>
        </form>
      ) : (
        <form key="code" method="post" className="flex flex-col gap-4" onSubmit={useCode}>
          <Field
            id="code"
            name="code"
            label={t("code")}
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]{3} ?[0-9]{3}"
            maxLength={7}
            required
            autoFocus
            className="text-25 tracking-[0.3em] tabular-nums"
          />
          <Button type="submit" disabled={isBusy}>
            {t("useCode")}
          </Button>
          <div className="flex flex-wrap gap-2">
            <Button look="plain" disabled={isBusy} onClick={() => void ask(email)}>
              {t("askAgain")}
            </Button>
            <Button look="plain" onClick={() => setEmail(null)}>
              {t("otherAddress")}
            </Button>
          </div>
        </form>
      )}
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
      {email === null && <PasskeySignIn next={next} />}
    </>
  );
}
