/** Where things are, as `bom serve` tells this process. */

/** The api, from here. */
export const API_URL = process.env.BOM_API_URL ?? "http://127.0.0.1:8000";
/** The api, from browsers: films come from there. Empty where one reverse proxy stands before both. */
export const MEDIA_ORIGIN = process.env.BOM_MEDIA_ORIGIN ?? "";
/** Proves to the api that a request comes through here; empty where the portal runs on a machine of its own. */
export const PORTAL_KEY = process.env.BOM_PORTAL_KEY ?? "";
/** Whether clients come over TLS, which decides what the session's cookie is called. */
export const IS_HTTPS = process.env.BOM_PORTAL_IS_HTTPS === "true";
