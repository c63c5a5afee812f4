"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { api } from "@/lib/api/browser";
import { addressOf } from "@/lib/base-path";
import { forgetDrafts } from "@/lib/drafts";
import type { Session } from "@/lib/api/types";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { browserName } from "./browsers";

/** Where I am signed in, with a way to end each, this one, or all. */
export function Sessions({ initial }: { initial: Session[] }) {
  const t = useTranslations("account");
  const problems = useTranslations("problems");
  const format = useFormatter();
  const [sessions, setSessions] = useState(initial);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  async function end(session: Session) {
    const ended = await outcomeOf(api.DELETE("/api/portal/sessions/{session_id}", { params: { path: { session_id: session.id } } }));
    setProblem(ended.ok ? null : ended.problem);
    if (ended.ok) setSessions(sessions.filter((one) => one.id !== session.id));
  }

  async function leave(out: Promise<{ ok: true } | { ok: false; problem: ProblemCode }>) {
    const gone = await out;
    // A whole page load: nothing that was drawn for somebody stays in this window.
    if (!gone.ok && gone.problem !== "not_signed_in") return setProblem(gone.problem);
    if (gone.ok) forgetDrafts(localStorage);
    window.location.replace(addressOf("/login"));
  }

  return (
    <section aria-labelledby="sessions" className="flex flex-col gap-3">
      <h2 id="sessions" className="text-20">
        {t("sessions")}
      </h2>
      <ul className="rounded-16 border border-line bg-surface px-4">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-3 last:border-b-0">
            <div className="min-w-0 flex-1 basis-36">
              <p className="font-medium break-words">
                {browserName(session.user_agent) || t("someBrowser")} {session.is_this && <span className="text-14 font-normal text-positive">{t("thisOne")}</span>}
              </p>
              <p className="text-14 text-muted">
                {t("lastUsed", { when: format.dateTime(new Date(session.last_used_at), { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }) })}
              </p>
            </div>
            {!session.is_this && (
              <Button look="quiet" onClick={() => void end(session)}>
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button look="quiet" onClick={() => void leave(outcomeOf(api.POST("/api/portal/sign-out")))}>
          {t("signOut")}
        </Button>
        <Button look="danger" onClick={() => void leave(outcomeOf(api.DELETE("/api/portal/sessions")))}>
          {t("signOutEverywhere")}
        </Button>
      </div>
    </section>
  );
}
