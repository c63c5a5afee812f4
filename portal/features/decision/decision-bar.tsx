"use client";

import { BadgeCheck, Download, MessageSquareWarning } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { Button } from "@/components/button";
import type { Decision, Verdict, Version } from "@/lib/api/types";
import { decisionBlocker } from "./decision";
import { DecisionSheet } from "./decision-sheet";
import { UndoBar } from "./undo-bar";

type Props = { version: Version; openNoteCount: number };

/** At the foot of a review: what can be decided, what was, and what comes of it. */
export function DecisionBar({ version, openNoteCount }: Props) {
  const t = useTranslations("decision");
  const router = useRouter();
  const [asked, setAsked] = useState<Verdict | null>(null);
  const [decision, setDecision] = useState<Decision | null>(version.decision);
  const [isDeciding, setDeciding] = useState(version.state === "deciding");
  const [isUndone, setUndone] = useState(false);

  const over = useCallback(() => {
    setDeciding(false);
    router.refresh();
  }, [router]);

  function decided(made: Decision) {
    setAsked(null);
    setUndone(false);
    setDecision(made);
    setDeciding(true);
  }

  function withdrawn() {
    setDecision(null);
    setDeciding(false);
    setUndone(true);
    router.refresh();
  }

  const blocker = decisionBlocker({ ...version, decision });
  return (
    <div className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-surface px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:sticky lg:rounded-10 lg:border lg:pb-3 low:static low:rounded-10 low:border">
      {isDeciding && decision ? (
        <UndoBar key={decision.id} decision={decision} onWithdrawn={withdrawn} onOver={over} />
      ) : blocker === "replaced" ? (
        <div className="flex items-center gap-3">
          <p className="flex-1 text-14">{t("replaced")}</p>
          <Button asChild>
            <Link href={`/videos/${version.video_id}`}>{t("toNewest")}</Link>
          </Button>
        </div>
      ) : blocker === "decided" && decision ? (
        <Decided decision={decision} version={version} />
      ) : blocker === null ? (
        <div className="flex flex-col gap-2">
          {isUndone && (
            <p role="status" className="text-14 text-muted">
              {t("undone")}
            </p>
          )}
          <div className="flex gap-2">
            <Button look="quiet" className="flex-auto px-1 whitespace-nowrap" onClick={() => setAsked("changes_requested")}>
              {t("askChanges")}
            </Button>
            <Button className="flex-auto px-1" onClick={() => setAsked("approved")}>
              {t("approve")}
            </Button>
          </div>
        </div>
      ) : (
        <p className="text-14">{t("empty")}</p>
      )}
      {asked && (
        <DecisionSheet version={version} verdict={asked} openNoteCount={openNoteCount} onClose={() => setAsked(null)} onDecided={decided} />
      )}
    </div>
  );
}

function Decided({ decision, version }: { decision: Decision; version: Version }) {
  const t = useTranslations("decision");
  const format = useFormatter();
  const isApproval = decision.verdict === "approved";
  const when = format.dateTime(new Date(decision.decided_at), { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  const Icon = isApproval ? BadgeCheck : MessageSquareWarning;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Icon aria-hidden className={`size-5 shrink-0 ${isApproval ? "text-positive" : "text-caution"}`} />
      <p className="min-w-0 flex-1 basis-4/5 text-14 sm:basis-48 lg:basis-4/5">{t(isApproval ? "isApproved" : "isRequested", { name: decision.contact_name, when })}</p>
      <Button look="quiet" className="flex-1" asChild>
        <Link href={`/approvals/${decision.id}`}>{t("certificate")}</Link>
      </Button>
      {isApproval && (
        <Button className="flex-1" asChild>
          <Link href={`/videos/${version.video_id}/downloads`}>
            <Download aria-hidden className="size-4" />
            {t("downloads")}
          </Link>
        </Button>
      )}
    </div>
  );
}
