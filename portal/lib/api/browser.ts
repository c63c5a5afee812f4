import createClient from "openapi-fetch";
import { addressOf } from "@/lib/base-path";
import type { paths } from "./schema";

/** The api from a page: same origin, and the session's cookie goes along by itself. */
export const api = createClient<paths>({ baseUrl: addressOf("/") });
