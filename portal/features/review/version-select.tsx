"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { VersionRow } from "@/lib/api/types";

type Props = { videoId: string; versions: VersionRow[]; number: number };

/** To an earlier version and back. */
export function VersionSelect({ videoId, versions, number }: Props) {
  const t = useTranslations("review");
  const router = useRouter();
  return (
    <select
      aria-label={t("version")}
      value={number}
      onChange={(event) => router.push(`/videos/${videoId}/${event.target.value}`)}
      className="min-h-11 rounded-10 border border-line bg-surface px-2 text-14"
    >
      {versions.map((version) => (
        <option key={version.id} value={version.number}>
          {t("versionNumber", { number: version.number })}
        </option>
      ))}
    </select>
  );
}
