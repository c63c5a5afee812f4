import "server-only";
import { cache } from "react";
import { found, hasSession, serverApi } from "./api/server";
import type { Me } from "./api/types";

const ask = cache(async () => (await serverApi()).GET("/api/portal/me"));

/** Who is signed in. Asked once for a page, however many parts of it want to know. */
export const getMe = async (): Promise<Me> => found(await ask());

/** The same where nobody may be; null also while the api is away, so that a page that says so can still be drawn. */
export async function findMe(): Promise<Me | null> {
  if (!(await hasSession())) return null;
  try {
    return (await ask()).data ?? null;
  } catch {
    return null;
  }
}
