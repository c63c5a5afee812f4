"use client";

import { setNonce } from "get-nonce";
import type { ReactNode } from "react";

/** Radix holds the page still under a sheet with a style element; with the answer's nonce the CSP lets it. */
export function StyleNonce({ nonce, children }: { nonce: string; children: ReactNode }) {
  setNonce(nonce);
  return children;
}
