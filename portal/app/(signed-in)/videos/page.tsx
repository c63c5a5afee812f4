import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VideoList } from "@/features/dashboard/video-list";
import { found, serverApi } from "@/lib/api/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("allVideos") };
}

/** Everything that was ever sent, the last first. */
export default async function VideosPage() {
  const [api, t] = await Promise.all([serverApi(), getTranslations("dashboard")]);
  const first = await found(await api.GET("/api/portal/videos", { params: { query: { limit: 20 } } }));
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-31">{t("allVideos")}</h1>
      <VideoList first={first} />
    </div>
  );
}
