export const LOCALES = ["nl", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** As browsers and formatters know them: our English counts hours to 24 and puts the day before the month. */
export const TAGS = { nl: "nl-NL", en: "en-GB" } as const satisfies Record<Locale, string>;

export const isLocale = (value: string | undefined): value is Locale => LOCALES.some((locale) => locale === value);

/** The first language of an Accept-Language header that we speak, as browsers order them; Dutch where there is none. */
export const pickLocale = (acceptLanguage: string | null): Locale =>
  acceptLanguage
    ?.split(",")
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isLocale) ?? "nl";
