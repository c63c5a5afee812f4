import { expect, test } from "vitest";
import { pickLocale } from "./locales";

test.each([
  ["en-GB,en;q=0.9,nl;q=0.8", "en"],
  ["de-DE,nl;q=0.7", "nl"],
  ["fr", "nl"],
  [null, "nl"],
])("a browser that likes %s reads %s", (header, locale) => expect(pickLocale(header)).toBe(locale));
