import { expect, test } from "vitest";
import { addressOf, sessionCookie } from "./base-path";

test("under a path every address begins with it", () => {
  expect(addressOf("/login", "/portal")).toBe("/portal/login");
  expect(addressOf("/", "/portal")).toBe("/portal/");
});

test("at the root an address is its path", () => expect(addressOf("/login", "")).toBe("/login"));

test("under a path the rest of the site never gets the session's cookie, which __Host- would not allow", () => {
  expect(sessionCookie({ isHttps: true, basePath: "/portal" })).toBe("__Secure-bom-portal");
  expect(sessionCookie({ isHttps: true, basePath: "" })).toBe("__Host-bom-portal");
  expect(sessionCookie({ isHttps: false, basePath: "/portal" })).toBe("bom-portal");
});
