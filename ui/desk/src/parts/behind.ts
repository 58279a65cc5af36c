/** From a figure to the contacts behind it, as the address of the history's page. Pure. */

const ENDINGS = new Set([
  "answered",
  "abandoned",
  "short_abandoned",
  "overflowed",
  "self_served",
  "called_back",
  "voicemail",
  "forwarded",
  "ended",
  "not_reached",
  "refused",
  "lost",
  "waiting",
]);
const ORIGINS: Readonly<Record<string, string>> = {
  contacts: "first",
  from_overflow: "overflow",
  from_transfer: "transfer",
  from_recovery: "recovery",
  from_callback: "callback",
};
const OFFER_RESULTS = new Set(["accepted", "refused", "timed_out", "unreachable", "withdrawn"]);

export interface Cell {
  readonly of: "queues" | "agents";
  readonly code: string;
  readonly from: string;
  readonly to: string;
  readonly queue_id?: string | null | undefined;
  readonly agent_id?: string | null | undefined;
}

/** The page that lists the contacts of a cell: of a count the counted ones, of a mean or a share those it is made of. */
export function pageBehind(cell: Cell): string {
  const params = new URLSearchParams({ from: cell.from, to: cell.to });
  if (cell.queue_id) params.set("queue_id", cell.queue_id);
  if (cell.agent_id) params.set("agent_id", cell.agent_id);
  if (cell.code === "no_disposition") {
    params.set("no_disposition", "true");
  } else if (cell.of === "agents") {
    if (OFFER_RESULTS.has(cell.code)) params.set("offer_result", cell.code);
  } else if (ENDINGS.has(cell.code)) {
    params.set("ending", cell.code);
  } else if (ORIGINS[cell.code]) {
    params.set("origin", ORIGINS[cell.code] ?? "");
  }
  return `/history?${params.toString()}`;
}
