"use client";

import { useLocale } from "next-intl";
import { Button } from "@/components/button";
import { BASE_PATH } from "@/lib/base-path";

const OTHER = { "nl-NL": ["en", "English"], "en-GB": ["nl", "Nederlands"] } as const;

/** The other language, for who is not known yet; a contact's own choice is kept with the contact. */
export function LanguageSwitch() {
  const [locale, name] = OTHER[useLocale()];
  function choose() {
    document.cookie = `locale=${locale}; path=${BASE_PATH || "/"}; max-age=31536000; samesite=lax`;
    window.location.reload();
  }
  return (
    <Button look="plain" lang={locale} onClick={choose}>
      {name}
    </Button>
  );
}
