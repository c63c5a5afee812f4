/** A browser and its machine, in the words that people have for them, from what it says of itself. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const MACHINES: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/Linux/, "Linux"],
];

const first = (known: [RegExp, string][], text: string): string | undefined => known.find(([sign]) => sign.test(text))?.[1];

/** As “Safari, iPhone”; empty where neither is known. */
export const browserName = (userAgent: string): string =>
  [first(BROWSERS, userAgent), first(MACHINES, userAgent)].filter(Boolean).join(", ");
