import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VerifyButton } from "@/features/sign-in/verify-button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("verifyTitle") };
}

/** Where the mail's link leads. Opening it does nothing: mail scanners open links too. */
export default async function VerifyPage() {
  const t = await getTranslations("signIn");
  return (
    <>
      <div className="flex flex-col gap-2">
        <h1 className="text-31">{t("verifyTitle")}</h1>
        <p className="text-muted">{t("verifyText")}</p>
      </div>
      <VerifyButton />
    </>
  );
}
