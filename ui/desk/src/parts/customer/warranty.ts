/** What a warranty says on a day. Pure. */

export type Warranty = "none" | "in" | "ending" | "out";
const ENDING_DAYS = 60;

/** What the warranty says on a day; both dates as YYYY-MM-DD. */
export function warrantyOn(until: string | null, today: string): Warranty {
  if (!until) return "none";
  if (until < today) return "out";
  const days = (Date.parse(until) - Date.parse(today)) / 86_400_000;
  return days <= ENDING_DAYS ? "ending" : "in";
}
