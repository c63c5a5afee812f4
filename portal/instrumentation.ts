/** Next calls this once when it starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  (await import("./lib/ends-with-studio")).endWithStudio();
  (await import("./lib/forwarded-for")).sayWhereRequestsComeFrom();
}
