import { useTranslations } from "next-intl";

/** What stands in the field above is kept in this browser, also where the page is closed. */
export function DraftKept() {
  const t = useTranslations("app");
  return (
    <p role="status" className="text-12 text-muted">
      {t("draftKept")}
    </p>
  );
}
