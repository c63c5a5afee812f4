"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether this page's script runs already: false in what the server draws, true from then on. */
export const useIsAwake = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
