import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import createClient, { type Client } from "openapi-fetch";
import { API_URL, IS_HTTPS } from "@/lib/places";
import type { paths } from "./schema";

const SESSION = IS_HTTPS ? "__Host-bom-portal" : "bom-portal";

/** The api from a page that is being drawn; of the visitor's cookies it gets the session's and no other. */
export async function serverApi(): Promise<Client<paths>> {
  const session = (await cookies()).get(SESSION);
  return createClient<paths>({
    baseUrl: API_URL,
    headers: session ? { Cookie: `${session.name}=${session.value}` } : {},
    cache: "no-store",
  });
}

/** Whether this browser brought a session, live or not. */
export const hasSession = async (): Promise<boolean> => (await cookies()).has(SESSION);

/** What the api answered. Nobody signed in goes to the login page and comes back; what is not there, or not theirs, is a page that says so. */
export async function found<T>({ data, response }: { data?: T; response: Response }): Promise<T> {
  if (response.ok && data !== undefined) return data;
  if (response.status === 401) redirect(`/login?next=${(await headers()).get("x-path") ?? "/"}`);
  if (response.status === 404) notFound();
  throw new Error(`the api answered ${response.status}`);
}
