"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { api } from "@/lib/api/browser";
import type { Video } from "@/lib/api/types";
import { outcomeOf, type ProblemCode } from "@/lib/problems";
import { VideoCard } from "./video-card";

type Page = { items: Video[]; next_cursor: string | null };

/** Videos, twenty at a time. */
export function VideoList({ first }: { first: Page }) {
  const t = useTranslations("dashboard");
  const problems = useTranslations("problems");
  const [videos, setVideos] = useState(first.items);
  const [cursor, setCursor] = useState(first.next_cursor);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  async function more() {
    if (!cursor) return;
    const next = await outcomeOf(api.GET("/api/portal/videos", { params: { query: { limit: 20, cursor } } }));
    setProblem(next.ok ? null : next.problem);
    if (!next.ok) return;
    setVideos([...videos, ...next.data.items]);
    setCursor(next.data.next_cursor);
  }

  if (videos.length === 0) return <p className="text-muted">{t("noVideos")}</p>;
  return (
    <>
      <h2 className="sr-only">{t("newestFirst")}</h2>
      <div className="grid gap-3 md:grid-cols-2">
        {videos.map((video) => (
          <VideoCard key={video.id} video={video} />
        ))}
      </div>
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
      {cursor && (
        <Button look="quiet" onClick={() => void more()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}
