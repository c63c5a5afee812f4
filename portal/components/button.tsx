"use client";

import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "@/lib/class-names";
import { useIsAwake } from "@/lib/use-is-awake";

const LOOKS = {
  primary: "bg-accent px-4 text-on-accent hover:brightness-90",
  quiet: "border border-line bg-surface px-4 text-ink hover:border-muted",
  plain: "px-3 text-ink hover:bg-line/60",
  icon: "size-11 shrink-0 text-ink hover:bg-line/60 aria-pressed:bg-ink aria-pressed:text-ground",
  danger: "border border-danger px-4 text-danger hover:bg-danger/10",
} as const;

type Props = ComponentProps<"button"> & { look?: keyof typeof LOOKS; asChild?: boolean };

/**
 * A button, or with `asChild` a link that looks like one. At least 44 px in both directions. Until the page's script
 * runs a button takes no press, as nothing would come of it; it looks the same meanwhile.
 */
export function Button({ look = "primary", asChild, className, type = "button", disabled, ...rest }: Props) {
  const isAwake = useIsAwake();
  const classes = classNames(
    "inline-flex min-h-11 items-center justify-center gap-2 rounded-10 text-16 font-medium",
    disabled && "cursor-not-allowed opacity-50",
    LOOKS[look],
    className,
  );
  if (asChild) return <Slot.Root className={classes} {...rest} />;
  return <button type={type} className={classes} disabled={disabled || !isAwake} {...rest} />;
}
