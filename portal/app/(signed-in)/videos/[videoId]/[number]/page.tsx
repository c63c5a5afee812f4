import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Review } from "@/features/review/review";
import { found, serverApi } from "@/lib/api/server";

type Props = PageProps<"/videos/[videoId]/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const number = Number((await params).number);
  return { title: (await getTranslations("review"))("versionNumber", { number }) };
}

/** One version of a video, by its number. */
export default async function VersionPage({ params }: Props) {
  const { videoId, number } = await params;
  const api = await serverApi();
  const video = await found(await api.GET("/api/portal/videos/{video_id}", { params: { path: { video_id: videoId } } }));
  const wanted = video.versions.find((version) => String(version.number) === number);
  if (!wanted) notFound();
  const path = { version_id: wanted.id };
  const version = await found(await api.GET("/api/portal/versions/{version_id}", { params: { path } }));
  return <Review key={version.id} version={version} />;
}
