import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Compare } from "@/features/compare/compare";
import { found, serverApi } from "@/lib/api/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("compare"))("title") };
}

/** The newest version beside the one before, or any other two. */
export default async function ComparePage({ params }: PageProps<"/videos/[videoId]/compare">) {
  const { videoId } = await params;
  const api = await serverApi();
  const video = await found(await api.GET("/api/portal/videos/{video_id}", { params: { path: { video_id: videoId } } }));
  const answers = await Promise.all(
    video.versions.map((row) => api.GET("/api/portal/versions/{version_id}", { params: { path: { version_id: row.id } } })),
  );
  const versions = await Promise.all(answers.map((answer) => found(answer)));
  if (versions.length < 2) notFound();
  return (
    <Compare
      videoId={videoId}
      title={video.title}
      versions={versions.map(({ id, number, films }) => ({ id, number, films }))}
    />
  );
}
