import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Choices } from "@/features/account/choices";
import { Sessions } from "@/features/account/sessions";
import { OwnPasskeys } from "@/features/passkeys/own-passkeys";
import { found, serverApi } from "@/lib/api/server";
import { getMe } from "@/lib/me";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("app"))("account") };
}

/** Who I am here, what I want to hear, and where I am signed in. */
export default async function AccountPage() {
  const [me, api, t] = await Promise.all([getMe(), serverApi(), getTranslations("account")]);
  const [sessions, passkeys] = await Promise.all([
    api.GET("/api/portal/sessions").then((answer) => found(answer)),
    api.GET("/api/portal/passkeys").then((answer) => found(answer)),
  ]);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-31">{me.name || t("title")}</h1>
        <p className="break-words text-muted">
          {me.email} · {me.client_name}
        </p>
      </div>
      <Choices me={me} />
      <OwnPasskeys initial={passkeys.items} />
      <Sessions initial={sessions.items} />
    </div>
  );
}
