import type { Metadata } from "next";
import { Review } from "@/features/review/review";
import { found, serverApi } from "@/lib/api/server";
import { askVideo } from "@/lib/video";

export async function generateMetadata({ params }: PageProps<"/videos/[videoId]">): Promise<Metadata> {
  const { data } = await askVideo((await params).videoId);
  return { title: data?.title };
}

/** The newest version of a video: where mails lead. */
export default async function VideoPage({ params }: PageProps<"/videos/[videoId]">) {
  const video = await found(await askVideo((await params).videoId));
  const api = await serverApi();
  const version = await found(
    await api.GET("/api/portal/versions/{version_id}", { params: { path: { version_id: video.version_id } } }),
  );
  return <Review key={version.id} version={version} />;
}
