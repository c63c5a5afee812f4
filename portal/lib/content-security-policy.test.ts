import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const given = { nonce: "abc", mediaOrigin: "https://studio.example", isDevelopment: false };

test("no script or style runs that was not written for this answer", () => {
  const policy = contentSecurityPolicy(given);
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toContain("unsafe");
});

test("films come from the studio and from no other host", () => {
  const hosts = contentSecurityPolicy(given).match(/https?:\/\/[^\s;]+/g);
  expect(new Set(hosts)).toEqual(new Set(["https://studio.example"]));
  expect(contentSecurityPolicy({ ...given, mediaOrigin: "" })).not.toContain("//");
});
