import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import createClient, { type Client } from "openapi-fetch";
import { BASE_PATH, previewCookie, sessionCookie } from "@/lib/base-path";
import { API_URL, IS_HTTPS, PORTAL_KEY } from "@/lib/places";
import type { paths } from "./schema";

const SESSION = sessionCookie({ isHttps: IS_HTTPS, basePath: BASE_PATH });
const PREVIEW = previewCookie({ isHttps: IS_HTTPS, basePath: BASE_PATH });

/** What says who is there: the session's cookie, or that of a member of staff who looks as the client. */
async function whoIsThere(): Promise<{ name: string; value: string } | undefined> {
  const brought = await cookies();
  return brought.get(PREVIEW) ?? brought.get(SESSION);
}

/** The api from a page that is being drawn; of the visitor's cookies it gets that one and no other, and where they are. */
export async function serverApi(): Promise<Client<paths>> {
  const session = await whoIsThere();
  const forwarded = (await headers()).get("x-forwarded-for") ?? "";
  return createClient<paths>({
    baseUrl: API_URL,
    headers: {
      ...(session && { Cookie: `${session.name}=${session.value}` }),
      "X-Forwarded-For": forwarded,
      "X-Bom-Portal": PORTAL_KEY,
    },
    cache: "no-store",
  });
}

/** Whether this browser brought a session, live or not. */
export const hasSession = async (): Promise<boolean> => (await whoIsThere()) !== undefined;

/** What the api answered. Nobody signed in goes to the login page and comes back; what is not there, or not theirs, is a page that says so. */
export async function found<T>({ data, response }: { data?: T; response: Response }): Promise<T> {
  if (response.ok && data !== undefined) return data;
  if (response.status === 401) redirect(`/login?next=${(await headers()).get("x-path") ?? "/"}`);
  if (response.status === 404) notFound();
  throw new Error(`the api answered ${response.status}`);
}
