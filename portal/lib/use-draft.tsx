"use client";

import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { Draft, draftKey } from "./drafts";

const ContactId = createContext("");

/** Says to all below it who is signed in, so that drafts of two people at one browser stay apart. */
export const ContactIdProvider = ({ id, children }: { id: string; children: ReactNode }) => <ContactId value={id}>{children}</ContactId>;

/** Who is signed in. */
export const useContactId = (): string => use(ContactId);

export type Drafted<T> = { draft: T | null; isKept: boolean; put: (value: T | null) => void };

/**
 * What is being typed about something, kept in this browser. `about` and `isDraft` are those of the first call.
 * The server draws none, as it does not know this browser.
 */
export function useDraft<T>(about: string, isDraft: (value: unknown) => value is T): Drafted<T> {
  const contactId = useContactId();
  const [store] = useState(() => new Draft(() => localStorage, draftKey(contactId, about), isDraft));
  const draft = useSyncExternalStore(store.subscribe, store.value, () => null);
  const isKept = useSyncExternalStore(store.subscribe, store.isKept, () => false);

  useEffect(() => {
    window.addEventListener("pagehide", store.keep);
    document.addEventListener("visibilitychange", store.keep);
    return () => {
      window.removeEventListener("pagehide", store.keep);
      document.removeEventListener("visibilitychange", store.keep);
      store.keep();
    };
  }, [store]);

  return { draft, isKept, put: (value) => store.put(value) };
}

export const isText = (value: unknown): value is string => typeof value === "string";
