/** The path that the portal lies under, as in /portal; empty at the root. It is built in (next.config.ts). */
export const BASE_PATH = process.env.BOM_PORTAL_PATH ?? "";

/** The address of a page, or of the api, for what Next does not put the path before: whole page loads, plain links, calls. */
export const addressOf = (path: `/${string}`, base = BASE_PATH): string => `${base}${path}`;

type Place = { isHttps: boolean; basePath: string };

const guarded = (name: string, { isHttps, basePath }: Place): string =>
  isHttps ? `${basePath ? "__Secure-" : "__Host-"}${name}` : name;

/** What the session's cookie is called (api/portal_deps.py): a browser gives the strictest promise that the place allows. */
export const sessionCookie = (place: Place): string => guarded("bom-portal", place);

/** What a member of staff has who looks at the portal as its client. */
export const previewCookie = (place: Place): string => guarded("bom-portal-preview", place);
