import { expect, test } from "vitest";
import { mailedLink } from "./mailed-link";

test("a mail's link carries its token and the way to the video", () =>
  expect(mailedLink("#Ab_-9&next=/videos/01a2")).toEqual({ token: "Ab_-9", next: "/videos/01a2" }));

test("a link that was changed to lead elsewhere leads to the dashboard", () =>
  expect(mailedLink("#Ab&next=https://evil.example")).toEqual({ token: "Ab", next: "/dashboard" }));

test("a link without a token is no trouble yet", () => expect(mailedLink("")).toEqual({ token: "", next: "/dashboard" }));
