import type nl from "@/messages/nl.json";
import type { TAGS } from "./locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: (typeof TAGS)[keyof typeof TAGS];
    Messages: typeof nl;
  }
}
