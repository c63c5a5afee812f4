"use client";

import { getNonce, setNonce } from "get-nonce";
import type { ReactNode } from "react";

/**
 * Radix holds the page still under a sheet with a style element; with the answer's nonce the CSP lets it. The policy is
 * that of the page that was loaded: a later answer, as after signing in, brings a nonce that the browser does not take.
 */
export function StyleNonce({ nonce, children }: { nonce: string; children: ReactNode }) {
  if (typeof window !== "undefined" && !getNonce()) setNonce(nonce);
  return children;
}
