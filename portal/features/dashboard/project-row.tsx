import { useFormatter, useTranslations } from "next-intl";
import type { Project } from "@/lib/api/types";

/** A project in the client's words. */
export function ProjectRow({ project }: { project: Project }) {
  const t = useTranslations("dashboard");
  const stages = useTranslations("stages");
  const format = useFormatter();
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line py-3 last:border-b-0">
      <span className="min-w-0 flex-1 basis-40 font-medium break-words">{project.name}</span>
      <span className="text-14 text-muted">{stages(project.stage)}</span>
      {project.due_on && (
        <span className="text-14 text-muted tabular-nums">
          {t("due", { on: format.dateTime(new Date(`${project.due_on}T12:00:00Z`), { day: "numeric", month: "long", timeZone: "UTC" }) })}
        </span>
      )}
      {project.included_revision_rounds !== null && (
        <span className="text-14 text-muted tabular-nums">
          {t("rounds", { used: project.used_revision_rounds, count: project.included_revision_rounds })}
        </span>
      )}
    </li>
  );
}
