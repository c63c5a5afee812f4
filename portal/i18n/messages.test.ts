import { expect, test } from "vitest";
import en from "@/messages/en.json";
import nl from "@/messages/nl.json";

type Tree = { [key: string]: string | Tree };

const keys = (tree: Tree, prefix = ""): string[] =>
  Object.entries(tree).flatMap(([key, child]) => (typeof child === "string" ? [prefix + key] : keys(child, `${prefix}${key}.`)));

const values = (tree: Tree): Record<string, string> =>
  Object.fromEntries(keys(tree).map((key) => [key, key.split(".").reduce<Tree | string>((at, part) => (at as Tree)[part]!, tree) as string]));

const blanks = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]!))].sort();

test("Dutch and English say the same things, in the same order", () => expect(keys(en)).toEqual(keys(nl)));

test("a sentence has the same blanks to fill in both languages", () => {
  const english = values(en);
  for (const [key, dutch] of Object.entries(values(nl))) expect(blanks(english[key]!), key).toEqual(blanks(dutch));
});
