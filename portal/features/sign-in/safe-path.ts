/** A path of this portal to go to once signed in; whatever else an address asks for is the dashboard. */
export const safePath = (asked: string | string[] | undefined): `/${string}` =>
  typeof asked === "string" && isPath(asked) ? asked : "/dashboard";

const isPath = (text: string): text is `/${string}` => /^\/(?!\/)[A-Za-z0-9/_-]{0,299}$/.test(text);
