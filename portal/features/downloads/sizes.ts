/** A size in the unit that suits it, and how it is told: powers of ten, as phones and desks count. */
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function sizeIn(bytes: number): { amount: number; unit: (typeof UNITS)[number] } {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return { amount: bytes / 1000 ** step, unit: UNITS[step]! };
}
