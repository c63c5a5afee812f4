"use client";

import { Send } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/components/button";
import { DraftKept } from "@/components/draft-kept";
import { TextArea } from "@/components/field";
import { Notice } from "@/components/notice";
import { newId } from "@/features/review/unsent-notes";
import { api } from "@/lib/api/browser";
import type { Message } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { useDraft } from "@/lib/use-draft";

type Props = { initial: Message[]; cursor: string | null; unread: number };

/** What was written, the last one nearest to where one writes. Opening it is reading it. */
export function Thread({ initial, cursor: first, unread }: Props) {
  const t = useTranslations("messages");
  const problems = useTranslations("problems");
  const router = useRouter();
  const [messages, setMessages] = useState(initial);
  const [cursor, setCursor] = useState(first);
  // The id goes along with the words, so that what was sent twice after a lost answer is kept once.
  const { draft, isKept, put } = useDraft("message", isMessageDraft);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  useEffect(() => {
    if (unread > 0) void outcomeOf(api.POST("/api/portal/messages/read")).then((read) => read.ok && router.refresh());
  }, [unread, router]);

  async function send(event?: FormEvent) {
    event?.preventDefault();
    const text = draft?.text.trim();
    if (!draft || !text || isBusy) return;
    setBusy(true);
    const sent = await outcomeOf(api.POST("/api/portal/messages", { body: { id: draft.id, text } }));
    setBusy(false);
    setProblem(sent.ok ? null : sent.problem);
    if (!sent.ok) return;
    setMessages([sent.data, ...messages]);
    put(null);
  }

  async function earlier() {
    if (!cursor) return;
    const page = await outcomeOf(api.GET("/api/portal/messages", { params: { query: { limit: 50, cursor } } }));
    setProblem(page.ok ? null : page.problem);
    if (!page.ok) return;
    setMessages([...messages, ...page.data.items]);
    setCursor(page.data.next_cursor);
  }

  return (
    <>
      {cursor && (
        <Button look="quiet" onClick={() => void earlier()}>
          {t("earlier")}
        </Button>
      )}
      {messages.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ol aria-live="polite" className="flex flex-col gap-3">
        {messages.toReversed().map((message) => (
          <Bubble key={message.id} message={message} />
        ))}
      </ol>
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
      <form
        onSubmit={send}
        className="sticky bottom-0 flex flex-wrap items-end gap-2 bg-ground pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      >
        <TextArea
          aria-label={t("write")}
          placeholder={t("write")}
          rows={2}
          maxLength={10_000}
          className="min-w-0 flex-1"
          value={draft?.text ?? ""}
          onChange={(event) => put(event.target.value ? { id: draft?.id ?? newId(Date.now()), text: event.target.value } : null)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
          }}
        />
        <Button type="submit" aria-label={t("send")} className="size-11 shrink-0 px-0" disabled={!draft?.text.trim() || isBusy}>
          <Send aria-hidden className="size-5" />
        </Button>
        {isKept && (
          <div className="basis-full">
            <DraftKept />
          </div>
        )}
      </form>
    </>
  );
}

type MessageDraft = { id: string; text: string };

const isMessageDraft = (value: unknown): value is MessageDraft =>
  typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" && "text" in value && typeof value.text === "string";

function Bubble({ message }: { message: Message }) {
  const t = useTranslations("messages");
  const format = useFormatter();
  return (
    <li className={classNames("flex max-w-[85%] flex-col gap-1", message.is_mine ? "items-end self-end" : "items-start self-start")}>
      <p className="text-14 text-muted">
        {message.is_mine ? t("you") : message.author_name}{" "}
        <time dateTime={message.sent_at}>
          {format.dateTime(new Date(message.sent_at), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}
        </time>
      </p>
      <p
        className={classNames(
          "rounded-16 border border-line px-4 py-2 break-words whitespace-pre-wrap",
          message.is_mine ? "rounded-tr-6 bg-line" : "rounded-tl-6 bg-surface",
        )}
      >
        {message.text}
      </p>
    </li>
  );
}
