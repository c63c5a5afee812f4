import { BadgeCheck, FileDown, MessageSquareWarning } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import type { Certificate } from "@/lib/api/types";
import { addressOf } from "@/lib/base-path";

/** Who decided what, when, on which bytes and on what text; as a PDF and as JSON too. */
export function CertificatePaper({ certificate }: { certificate: Certificate }) {
  const t = useTranslations("certificate");
  const format = useFormatter();
  const isApproval = certificate.verdict === "approved";
  const Icon = isApproval ? BadgeCheck : MessageSquareWarning;
  const moment = (at: string) => format.dateTime(new Date(at), { dateStyle: "long", timeStyle: "long" });
  return (
    <article className="flex flex-col gap-5 rounded-16 border border-line bg-surface p-5 sm:p-8">
      <header className="flex flex-wrap items-start gap-3">
        <Icon aria-hidden className={`mt-1 size-8 shrink-0 ${isApproval ? "text-positive" : "text-caution"}`} />
        <div className="min-w-0 flex-1 basis-48">
          <h1 className="text-31 break-words">{t(certificate.verdict)}</h1>
          <p className="text-muted">{t("of", { title: certificate.video_title, number: certificate.version_number })}</p>
        </div>
        <Button look="quiet" className="max-sm:w-full" asChild>
          <a href={addressOf(`/api/portal/decisions/${certificate.decision_id}/certificate.pdf`)} download>
            <FileDown aria-hidden className="size-4" />
            {t("pdf")}
          </a>
        </Button>
      </header>
      {certificate.voided_at && (
        <Notice kind="trouble">
          {t("voided", { when: moment(certificate.voided_at), number: certificate.voided_by_version_number ?? 0 })}
        </Notice>
      )}
      {!certificate.effective_at && !certificate.voided_at && <Notice kind="tell">{t("notYet")}</Notice>}
      <blockquote className="border-l-4 border-accent pl-4 text-20 leading-normal">{certificate.agreed_text}</blockquote>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Fact name={t("by")}>
          {certificate.contact_name} ({certificate.contact_email})
        </Fact>
        <Fact name={t("for")}>{certificate.client_name}</Fact>
        <Fact name={t("project")}>{certificate.project_name}</Fact>
        <Fact name={t("when")}>
          <time dateTime={certificate.decided_at}>{moment(certificate.decided_at)}</time>
        </Fact>
        {certificate.watermark && <Fact name={t("watched")}>{t("watermark", { text: certificate.watermark })}</Fact>}
        {certificate.note && (
          <Fact name={t("note")}>
            <span className="whitespace-pre-wrap">{certificate.note}</span>
          </Fact>
        )}
        <Fact name={t("number")}>
          <span className="font-mono text-14">{certificate.decision_id}</span>
        </Fact>
      </dl>
      <section aria-labelledby="files" className="flex flex-col gap-2">
        <h2 id="files" className="text-20">
          {t("files")}
        </h2>
        <ul className="flex flex-col gap-3">
          {certificate.files.map((file) => (
            <li key={file.sha256} className="border-t border-line pt-3">
              <p className="font-medium break-words">
                {file.file_name} <span className="font-normal text-muted">({file.format})</span>
              </p>
              <p className="font-mono text-12 break-all text-muted">SHA-256 {file.sha256}</p>
            </li>
          ))}
        </ul>
      </section>
      <p className="text-14 text-muted">
        {t("byStudio", { studio: certificate.studio_name })}{" "}
        <a href={addressOf(`/api/portal/decisions/${certificate.decision_id}/certificate`)} download={`${certificate.decision_id}.json`} className="underline">
          {t("json")}
        </a>
      </p>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-14 text-muted max-sm:-mb-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
