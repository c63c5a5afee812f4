import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ProjectRow } from "@/features/dashboard/project-row";
import { VideoCard } from "@/features/dashboard/video-card";
import { found, serverApi } from "@/lib/api/server";
import { getMe } from "@/lib/me";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("app"))("dashboard") };
}

/** All at a glance: what waits for me, what is at work, what is done. */
export default async function DashboardPage() {
  const [me, api, t] = await Promise.all([getMe(), serverApi(), getTranslations("dashboard")]);
  const dashboard = await found(await api.GET("/api/portal/dashboard"));
  const { waiting, projects, approved } = dashboard;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-31">{me.name ? t("hello", { name: me.name }) : t("helloAll")}</h1>
        <p className="text-muted">{waiting.length > 0 ? t("waitingText", { count: waiting.length }) : t("nothingWaits")}</p>
      </div>
      {waiting.length > 0 && (
        <Part id="waiting" title={t("waiting")}>
          <div className="grid gap-3 md:grid-cols-2">
            {waiting.map((video, index) => (
              <VideoCard key={video.id} video={video} isFirst={index === 0} />
            ))}
          </div>
        </Part>
      )}
      {projects.length > 0 && (
        <Part id="projects" title={t("projects")}>
          <ul className="rounded-16 border border-line bg-surface px-4">
            {projects.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </ul>
        </Part>
      )}
      {approved.length > 0 && (
        <Part id="approved" title={t("approved")}>
          <div className="grid gap-3 md:grid-cols-2">
            {approved.map((video) => (
              <VideoCard key={video.id} video={video} />
            ))}
          </div>
        </Part>
      )}
      <p className="flex flex-wrap gap-x-5">
        <Link href="/videos" className="inline-flex min-h-11 items-center font-medium underline">
          {t("allVideos")}
        </Link>
        <Link href="/messages" className="inline-flex min-h-11 items-center font-medium underline">
          {t("write", { studio: me.studio_name })}
        </Link>
      </p>
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-20">
        {title}
      </h2>
      {children}
    </section>
  );
}
