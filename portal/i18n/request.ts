import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { findMe } from "@/lib/me";
import en from "@/messages/en.json";
import nl from "@/messages/nl.json";
import { isLocale, pickLocale, TAGS, type Locale } from "./locales";

/** A key that one language lacks is a type error here, and ends the build. */
const MESSAGES: Record<Locale, typeof nl & typeof en> = { nl, en };

/** No language stands in an address: a contact has one, a visitor's choice is a cookie, and a browser says what it likes. */
export default getRequestConfig(async () => {
  const me = await findMe();
  const chosen = me?.language ?? (await cookies()).get("locale")?.value;
  const locale = isLocale(chosen) ? chosen : pickLocale((await headers()).get("accept-language"));
  return { locale: TAGS[locale], messages: MESSAGES[locale], timeZone: me?.time_zone ?? "Europe/Amsterdam", now: new Date() };
});
