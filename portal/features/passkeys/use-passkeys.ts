"use client";

import { useIsAwake } from "@/lib/use-is-awake";
import { canUsePasskeys } from "./device";

/** Whether to offer passkeys here; false until this browser could be asked. */
export const useCanUsePasskeys = (): boolean => useIsAwake() && canUsePasskeys();
