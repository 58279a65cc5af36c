/** Moments for "later": in a while, or tomorrow morning. Pure. */

export const LATER = ["15m", "1h", "3h", "tomorrow"] as const;
export type Later = (typeof LATER)[number];

const MINUTES: Readonly<Record<Exclude<Later, "tomorrow">, number>> = { "15m": 15, "1h": 60, "3h": 180 };
const MORNING = 9;

/** ISO time; tomorrow is nine o'clock where the browser is. */
export function momentOf(later: Later, nowMs: number): string {
  if (later !== "tomorrow") return new Date(nowMs + MINUTES[later] * 60_000).toISOString();
  const at = new Date(nowMs);
  at.setDate(at.getDate() + 1);
  at.setHours(MORNING, 0, 0, 0);
  return at.toISOString();
}
