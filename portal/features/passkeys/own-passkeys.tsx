"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Notice } from "@/components/notice";
import { browserName } from "@/features/account/browsers";
import { api } from "@/lib/api/browser";
import type { Passkey } from "@/lib/api/types";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { madePasskey } from "./device";
import { useCanUsePasskeys } from "./use-passkeys";

/** Keys of one's own devices: what there is, one more, one less. */
export function OwnPasskeys({ initial }: { initial: Passkey[] }) {
  const t = useTranslations("passkeys");
  const problems = useTranslations("problems");
  const format = useFormatter();
  const isPossible = useCanUsePasskeys();
  const [passkeys, setPasskeys] = useState(initial);
  const [isNaming, setNaming] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | "none_made" | null>(null);
  const day = (at: string) => format.dateTime(new Date(at), { day: "numeric", month: "long", year: "numeric" });

  async function add(name: string): Promise<ProblemCode | "none_made" | null> {
    const asked = await outcomeOf(api.POST("/api/portal/passkeys/challenge"));
    if (!asked.ok) return asked.problem;
    const made = await madePasskey(asked.data);
    if (made === null) return "none_made";
    const added = await outcomeOf(api.POST("/api/portal/passkeys", { body: { name, ...made } }));
    if (!added.ok) return added.problem;
    setPasskeys([...passkeys, added.data]);
    setNaming(false);
    return null;
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setBusy(true);
    setProblem(await add(name));
    setBusy(false);
  }

  async function remove(passkey: Passkey) {
    const removed = await outcomeOf(api.DELETE("/api/portal/passkeys/{passkey_id}", { params: { path: { passkey_id: passkey.id } } }));
    setProblem(removed.ok ? null : removed.problem);
    if (removed.ok) setPasskeys(passkeys.filter((one) => one.id !== passkey.id));
  }

  return (
    <section aria-labelledby="passkeys" className="flex flex-col gap-3">
      <h2 id="passkeys" className="text-20">
        {t("title")}
      </h2>
      <p className="text-muted">{t("text")}</p>
      {passkeys.length > 0 && (
        <ul className="rounded-16 border border-line bg-surface px-4">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-3 last:border-b-0">
              <div className="min-w-0 flex-1 basis-36">
                <p className="font-medium break-words">{passkey.name}</p>
                <p className="text-14 text-muted">
                  {passkey.last_used_at ? t("lastUsed", { when: day(passkey.last_used_at) }) : t("added", { when: day(passkey.created_at) })}
                </p>
              </div>
              <Button look="quiet" aria-label={t("removeNamed", { name: passkey.name })} onClick={() => void remove(passkey)}>
                {t("remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isNaming ? (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Field id="passkey-name" name="name" label={t("name")} defaultValue={browserName(navigator.userAgent)} required maxLength={300} autoFocus />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" disabled={isBusy}>
              {t("make")}
            </Button>
            <Button look="plain" onClick={() => setNaming(false)}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      ) : (
        isPossible && (
          <Button look="quiet" className="self-start" onClick={() => setNaming(true)}>
            {t("add")}
          </Button>
        )
      )}
      {problem === "none_made" ? <Notice kind="tell">{t("noneMade")}</Notice> : problem && <Notice kind="trouble">{problems(problem)}</Notice>}
    </section>
  );
}
