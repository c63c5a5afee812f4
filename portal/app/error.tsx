"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/button";

/** The studio did not answer, or we have made a mistake. Nothing that was typed is lost: notes lie in this browser. */
export default function Failed({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("app");
  return (
    <main id="main" className="mx-auto flex max-w-md flex-col items-start gap-4 px-5 py-16">
      <h1 className="text-31">{t("failed")}</h1>
      <p className="text-muted">{t("failedText")}</p>
      <Button onClick={reset}>{t("tryAgain")}</Button>
    </main>
  );
}
