import type { ReactNode } from "react";
import { LanguageSwitch } from "@/features/sign-in/language-switch";

/** Before somebody is known: one narrow column, and the other language. */
export default function LoginLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-md flex-col px-5 py-6">
      <header className="flex items-center justify-between">
        <span className="font-display text-20">BOM Studios</span>
        <LanguageSwitch />
      </header>
      <main id="main" className="flex flex-1 flex-col justify-center gap-6 py-8">
        {children}
      </main>
    </div>
  );
}
