import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { CertificatePaper } from "@/features/certificate/certificate-paper";
import { FileCheck } from "@/features/certificate/file-check";
import { found, serverApi } from "@/lib/api/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("certificate"))("title") };
}

/** A decision as evidence, and a way to hold a file against it. */
export default async function CertificatePage({ params }: PageProps<"/approvals/[decisionId]">) {
  const path = { decision_id: (await params).decisionId };
  const [api, t] = await Promise.all([serverApi(), getTranslations("certificate")]);
  const certificate = await found(await api.GET("/api/portal/decisions/{decision_id}/certificate", { params: { path } }));
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <CertificatePaper certificate={certificate} />
      <FileCheck decisionId={certificate.decision_id} />
      <Link href="/approvals" className="inline-flex min-h-11 items-center font-medium underline">
        {t("all")}
      </Link>
    </div>
  );
}
