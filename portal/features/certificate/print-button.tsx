"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";

/** On paper, or as a PDF where the browser makes one. */
export function PrintButton() {
  const t = useTranslations("certificate");
  return (
    <Button look="quiet" className="max-sm:w-full print:hidden" onClick={() => window.print()}>
      <Printer aria-hidden className="size-4" />
      {t("print")}
    </Button>
  );
}
