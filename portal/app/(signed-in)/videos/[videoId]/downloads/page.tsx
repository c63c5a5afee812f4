import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice";
import { DownloadList } from "@/features/downloads/download-list";
import { found, serverApi } from "@/lib/api/server";
import { codeOf } from "@/lib/problems";

type Props = PageProps<"/videos/[videoId]/downloads">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("downloads"))("title") };
}

/** Everything of the newest version, to keep. */
export default async function DownloadsPage({ params }: Props) {
  const { videoId } = await params;
  const [api, t] = await Promise.all([serverApi(), getTranslations("downloads")]);
  const video = await found(await api.GET("/api/portal/videos/{video_id}", { params: { path: { video_id: videoId } } }));
  const answer = await api.GET("/api/portal/versions/{version_id}/downloads", { params: { path: { version_id: video.version_id } } });
  const isLocked = answer.response.status === 403;
  const why = isLocked && codeOf(answer.error, 403) === "not_approved_yet" ? "watermarked" : "locked";
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h1 className="text-31 break-words">{video.title}</h1>
        <p className="text-muted">{t("of", { project: video.project_name, number: video.version_number })}</p>
      </div>
      {isLocked ? <Notice kind="tell">{t(why)}</Notice> : <DownloadList downloads={await found(answer)} />}
      {video.state !== "approved" && !isLocked && <Notice kind="tell">{t("notApproved")}</Notice>}
      <Link href={`/videos/${videoId}`} className="inline-flex min-h-11 items-center font-medium underline">
        {t("toFilm")}
      </Link>
    </div>
  );
}
