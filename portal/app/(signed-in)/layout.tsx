import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Header } from "@/features/dashboard/header";
import { brandColours } from "@/features/dashboard/brand";
import { PreviewBanner } from "@/features/preview/preview-banner";
import { getMe } from "@/lib/me";
import { ContactIdProvider } from "@/lib/use-draft";

/** Every page of somebody who is signed in: the client's own mark and colour above, the ways on below or beside it. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const me = await getMe();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <ContactIdProvider id={me.contact_id}>
      <style nonce={nonce}>{brandColours(me)}</style>
      {me.is_preview && <PreviewBanner client={me.client_name} />}
      <Header me={me} />
      <main id="main" className="mx-auto max-w-6xl px-4 py-4 pb-10 low:px-2 low:py-2">
        {children}
      </main>
    </ContactIdProvider>
  );
}
