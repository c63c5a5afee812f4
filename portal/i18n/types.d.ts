import type nl from "@/messages/nl.json";
import type { Locale as OurLocale } from "./locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: typeof nl;
  }
}
