import type { ComponentProps } from "react";
import { classNames } from "@/lib/class-names";

const LOOK = "w-full rounded-10 border border-muted bg-surface px-3 text-16 text-ink placeholder:text-muted";

/** A line to type in, under its name. */
export function Field({ label, id, className, ...rest }: ComponentProps<"input"> & { label: string; id: string }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-14 font-medium">
        {label}
      </label>
      <input id={id} className={classNames(LOOK, "min-h-11", className)} {...rest} />
    </div>
  );
}

/** Several lines. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(LOOK, "py-2", className)} {...rest} />;
}
