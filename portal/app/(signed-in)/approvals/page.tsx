import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VideoCard } from "@/features/dashboard/video-card";
import { found, serverApi } from "@/lib/api/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("certificate"))("approvals") };
}

/** What was approved, the last first. */
export default async function ApprovalsPage() {
  const [api, t] = await Promise.all([serverApi(), getTranslations("certificate")]);
  const { approved } = await found(await api.GET("/api/portal/dashboard"));
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-31">{t("approvals")}</h1>
      {approved.length === 0 && <p className="text-muted">{t("none")}</p>}
      <h2 className="sr-only">{t("approvals")}</h2>
      <div className="grid gap-3 md:grid-cols-2">
        {approved.map((video) => (
          <VideoCard key={video.id} video={video} />
        ))}
      </div>
    </div>
  );
}
