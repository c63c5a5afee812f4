import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/lib/class-names";

const KINDS = {
  trouble: { Icon: CircleAlert, look: "border-danger text-danger", role: "alert" },
  done: { Icon: CircleCheck, look: "border-positive text-positive", role: "status" },
  tell: { Icon: Info, look: "border-info text-info", role: "status" },
} as const;

/** Something to know, where the person is looking; read out at once when it is trouble. */
export function Notice({ kind, children, className }: { kind: keyof typeof KINDS; children: ReactNode; className?: string }) {
  const { Icon, look, role } = KINDS[kind];
  return (
    <div role={role} className={classNames("flex items-start gap-2 rounded-10 border bg-surface p-3 text-14", look, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
