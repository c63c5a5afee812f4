import { CircleUserRound, LayoutGrid, MessageSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/api/types";
import { NavLink } from "./nav-link";

/** Who this is for, and the three ways on. */
export function Header({ me }: { me: Me }) {
  const t = useTranslations("app");
  return (
    <header className="z-10 border-t-3 border-b border-t-(--brand) border-b-line bg-ground lg:sticky lg:top-0">
      <div className="mx-auto flex max-w-6xl items-center gap-3 px-4 py-1 low:px-2">
        <p className="min-w-0 flex-1">
          {me.logo_light_url ? (
            <picture>
              {me.logo_dark_url && <source srcSet={me.logo_dark_url} media="(prefers-color-scheme: dark)" />}
              <img src={me.logo_light_url} alt={me.client_name} className="h-8 max-w-40 object-contain object-left" />
            </picture>
          ) : (
            <span className="block truncate font-display text-16 sm:text-20">{me.client_name}</span>
          )}
        </p>
        <nav aria-label={t("navigation")} className="flex items-center">
          <NavLink href="/dashboard" label={t("dashboard")} icon={<LayoutGrid aria-hidden className="size-5" />} />
          <NavLink href="/messages" label={t("messages")} badge={me.unread_messages} icon={<MessageSquare aria-hidden className="size-5" />} />
          <NavLink href="/account" label={t("account")} icon={<CircleUserRound aria-hidden className="size-5" />} />
        </nav>
      </div>
    </header>
  );
}
