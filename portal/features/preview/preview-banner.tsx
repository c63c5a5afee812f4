"use client";

import { useTranslations } from "next-intl";
import { api } from "@/lib/api/browser";
import { addressOf } from "@/lib/base-path";
import { outcomeOf } from "@/lib/problems";

/** Above every page while the studio looks at it as the client: that it is a preview, and the way out. */
export function PreviewBanner({ client }: { client: string }) {
  const t = useTranslations("preview");

  async function stop() {
    const { ok } = await outcomeOf(api.DELETE("/api/portal/preview"));
    if (ok) window.location.replace(addressOf("/login"));
  }

  return (
    <div role="status" className="flex flex-wrap items-center justify-center gap-x-4 bg-accent px-4 py-1 text-14 text-on-accent">
      <p>{t("banner", { client })}</p>
      <button type="button" onClick={() => void stop()} className="min-h-11 font-medium underline">
        {t("stop")}
      </button>
    </div>
  );
}
