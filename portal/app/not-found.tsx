import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button";

export default async function NotFound() {
  const t = await getTranslations("app");
  return (
    <main id="main" className="mx-auto flex max-w-md flex-col items-start gap-4 px-5 py-16">
      <h1 className="text-31">{t("notFound")}</h1>
      <p className="text-muted">{t("notFoundText")}</p>
      <Button asChild>
        <Link href="/dashboard">{t("toDashboard")}</Link>
      </Button>
    </main>
  );
}
