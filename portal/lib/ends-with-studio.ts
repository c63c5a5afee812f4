/**
 * Beside `bom serve` the portal ends when that ends, however it ends: its standard input is a pipe that nobody writes
 * to, and a power cut closes it as well as Ctrl-C does.
 */
export function endWithStudio(): void {
  if (process.env.BOM_ENDS_WITH_STDIN === "true") process.stdin.on("end", () => process.exit(0)).resume();
}
