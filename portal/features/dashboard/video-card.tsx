import { Play } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Video } from "@/lib/api/types";
import { clock } from "@/features/review/frames";
import { StateMark } from "./state-mark";

/** A video with its picture; all of it is the way to it. */
export function VideoCard({ video, isFirst }: { video: Video; isFirst?: boolean }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  return (
    <article className="relative flex gap-3 rounded-16 border border-line bg-surface p-3 hover:border-muted">
      <div className="relative h-28 w-20 shrink-0 overflow-hidden rounded-10 bg-stage sm:h-36 sm:w-26">
        {video.poster_url && (
          <img src={video.poster_url} alt="" loading={isFirst ? "eager" : "lazy"} fetchPriority={isFirst ? "high" : "auto"} className="size-full object-cover" />
        )}
        <Play aria-hidden className="absolute inset-0 m-auto size-8 rounded-full bg-stage/70 p-2 text-on-stage" />
        {video.duration_ms !== null && (
          <span className="absolute right-1 bottom-1 rounded-6 bg-stage/80 px-1 text-12 text-on-stage tabular-nums">{clock(video.duration_ms)}</span>
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h3 className="text-16 font-semibold break-words">
          <Link href={`/videos/${video.id}`} className="after:absolute after:inset-0">
            {video.title}
          </Link>
        </h3>
        <p className="truncate text-14 text-muted">
          {t("ofProject", { project: video.project_name, number: video.version_number })}
        </p>
        <p className="text-14 text-muted">{t("sent", { when: format.relativeTime(new Date(video.sent_at)) })}</p>
        <div className="mt-auto flex flex-wrap items-center gap-2 pt-1">
          <StateMark state={video.state} />
          {video.to_answer_count > 0 && <span className="text-14 text-muted">{t("toAnswer", { count: video.to_answer_count })}</span>}
          {video.state === "approved" && (
            <Link href={`/videos/${video.id}/downloads`} className="relative z-1 inline-flex min-h-11 items-center text-14 font-medium underline">
              {t("downloads")}
            </Link>
          )}
        </div>
      </div>
    </article>
  );
}
