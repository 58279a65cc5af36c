/** A figure's value as text, by its unit, and which figures are worth a column. Pure. */
import type { FigureInfo } from "@huying/api";
import { percent, seconds } from "@/parts/format";

export function shownValue(unit: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (unit === "ratio") return percent(value);
  return unit === "seconds" ? seconds(value) : String(value);
}

const USUAL = {
  queues: [
    "offered",
    "answered",
    "abandoned",
    "short_abandoned",
    "waiting",
    "service_level",
    "asa_seconds",
    "abandonment",
    "talk_seconds",
    "hold_seconds",
    "after_call_seconds",
    "aht_seconds",
  ],
  agents: [
    "offers",
    "accepted",
    "refused",
    "timed_out",
    "segments",
    "talk_seconds",
    "hold_seconds",
    "after_call_seconds",
    "aht_seconds",
    "signed_in_seconds",
    "break_seconds",
    "occupancy",
  ],
} as const;

/** Details that stand with their formulas and in the export, but not in the table. */
const DETAILS = new Set([
  "SL1",
  "SL2",
  "SL3",
  "SL4",
  "contacts",
  "answered_in_time",
  "ring_seconds",
  "wait_seconds",
  "abandoned_wait_seconds",
  "hold_rate",
  "transfer_rate",
  "ready_seconds",
  "busy_seconds",
  "utilisation",
]);

/** The usual figures, and any other of which there was some. */
export function columnsOf(of: keyof typeof USUAL, figures: readonly FigureInfo[], total: Readonly<Record<string, number | null>>): readonly FigureInfo[] {
  const usual: readonly string[] = USUAL[of];
  const first = usual.map((code) => figures.find((it) => it.code === code)).filter((it): it is FigureInfo => it !== undefined);
  const rare = figures.filter((it) => !usual.includes(it.code) && !DETAILS.has(it.code) && (total[it.code] ?? 0) !== 0);
  return [...first, ...rare];
}
