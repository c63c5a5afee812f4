"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type Props = { href: "/dashboard" | "/messages" | "/account"; label: string; icon: ReactNode; badge?: number };

/** A way on; its name beside the picture where there is room, always for who does not see it. */
export function NavLink({ href, label, icon, badge = 0 }: Props) {
  const t = useTranslations("app");
  const isHere = usePathname().startsWith(href);
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className="relative flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-10 px-3 text-14 font-medium text-muted hover:bg-line/60 aria-[current=page]:text-ink"
    >
      {icon}
      <span className="max-sm:sr-only">{label}</span>
      {badge > 0 && (
        <span className="absolute top-1 right-1 min-w-5 rounded-full bg-accent px-1 text-center text-12 text-on-accent sm:static">
          <span aria-hidden>{badge}</span>
          <span className="sr-only">{t("unread", { count: badge })}</span>
        </span>
      )}
    </Link>
  );
}
