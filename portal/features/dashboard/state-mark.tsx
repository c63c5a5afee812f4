import { useTranslations } from "next-intl";
import { classNames } from "@/lib/class-names";
import type { Video } from "@/lib/api/types";

const LOOKS: Record<Video["state"], string> = {
  waiting: "bg-accent text-on-accent",
  deciding: "border border-info text-info",
  approved: "border border-positive text-positive",
  changes_requested: "border border-caution text-caution",
};

/** Where a video stands, in the client's words. */
export function StateMark({ state }: { state: Video["state"] }) {
  const t = useTranslations("states");
  return <span className={classNames("rounded-full px-3 py-0.5 text-14 font-medium", LOOKS[state])}>{t(state)}</span>;
}
