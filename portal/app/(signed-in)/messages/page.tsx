import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Thread } from "@/features/messages/thread";
import { found, serverApi } from "@/lib/api/server";
import { getMe } from "@/lib/me";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("app"))("messages") };
}

/** The one thread of this client with the studio. */
export default async function MessagesPage() {
  const [me, api, t] = await Promise.all([getMe(), serverApi(), getTranslations("messages")]);
  const thread = await found(await api.GET("/api/portal/messages", { params: { query: { limit: 50 } } }));
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-4">
      <h1 className="text-31">{t("title", { studio: me.studio_name })}</h1>
      <Thread initial={thread.items} cursor={thread.next_cursor} unread={thread.unread} />
    </div>
  );
}
