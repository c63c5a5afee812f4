import { expect, test } from "vitest";
import { sha256Of } from "./file-hash";

test("a file is named by the hash that everybody else computes of it", async () =>
  expect(await sha256Of(new Blob(["abc"]))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
