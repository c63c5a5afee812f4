import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BeginPreview } from "@/features/preview/begin-preview";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("preview"))("title") };
}

/** Where the engine app sends a member of staff who wants to see what the client sees. */
export default async function PreviewPage() {
  const t = await getTranslations("preview");
  return (
    <>
      <h1 className="text-31">{t("title")}</h1>
      <BeginPreview />
    </>
  );
}
