import { Captions, Download as Arrow, Film, Image as Picture, Package } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/button";
import type { Download, Downloads } from "@/lib/api/types";
import { sizeIn } from "./sizes";

const ICONS: Record<Download["kind"], typeof Film> = { film: Film, srt: Captions, thumbnail: Picture };

/** Each file by its format, and all of them at once. The addresses go on working when the session ends. */
export function DownloadList({ downloads }: { downloads: Downloads }) {
  const t = useTranslations("downloads");
  const format = useFormatter();
  return (
    <>
      <ul className="rounded-16 border border-line bg-surface px-4">
        {downloads.items.map((item) => {
          const Icon = ICONS[item.kind];
          const { amount, unit } = sizeIn(item.size_bytes);
          return (
            <li key={item.url} className="border-b border-line last:border-b-0">
              <a href={item.url} download={item.file_name} className="flex min-h-14 items-center gap-3 hover:text-accent">
                <Icon aria-hidden className="size-5 shrink-0 text-muted" />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{t(`kind.${item.kind}`, { format: item.format })}</span>
                  <span className="block truncate text-14 text-muted">{item.file_name}</span>
                </span>
                <span className="text-14 whitespace-nowrap text-muted tabular-nums">
                  {format.number(amount, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 })}
                </span>
                <Arrow aria-hidden className="size-5 shrink-0" />
              </a>
            </li>
          );
        })}
      </ul>
      <Button asChild className="self-start">
        <a href={downloads.zip_url} download>
          <Package aria-hidden className="size-5" />
          {t("all")}
        </a>
      </Button>
      <p className="text-14 text-muted">
        {t("until", { when: format.dateTime(new Date(downloads.expires_at), { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }) })}
      </p>
    </>
  );
}
