"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

type Props = { title: string; open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** A question above the page: from below on a phone, in the middle on a desk. Escape and a tap beside it close it. */
export function Sheet({ title, open, onOpenChange, children }: Props) {
  const t = useTranslations("app");
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-stage/60" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 bottom-0 z-30 flex max-h-[92dvh] flex-col gap-4 overflow-y-auto rounded-t-16 bg-surface p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[min(32rem,92vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-16"
        >
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="pt-2 font-display text-20">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="icon" aria-label={t("close")}>
                <X aria-hidden className="size-5" />
              </Button>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
