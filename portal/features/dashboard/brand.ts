import type { Me } from "@/lib/api/types";

const COLOUR = /^#[0-9a-f]{6}$/i;

/** The client's own colour as a CSS variable, ours where there is none. It is the thin line above every page. */
export const brandColours = ({ accent }: Pick<Me, "accent">): string =>
  `:root { --brand: ${accent && COLOUR.test(accent) ? accent : "var(--accent)"}; }`;
