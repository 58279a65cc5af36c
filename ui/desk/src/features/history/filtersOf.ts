/** The history's filters, from the page's address and to the question that is asked. Pure. */
import type { Dayjs } from "dayjs";
import { dayStart } from "@/parts/days";
import { startOfDay } from "@/parts/format";
import type { ContactSearch } from "@/server/contacts";

/** The contacts behind a figure: an exact time, and what the figure counts. */
export interface Behind {
  readonly from: string;
  readonly to: string;
  readonly origin: string;
  readonly offer_result: string;
  readonly no_disposition?: true;
}

export interface HistoryFilters {
  readonly days: readonly [Dayjs, Dayjs] | null;
  readonly behind: Behind | null;
  readonly queue_id: string;
  readonly agent_id: string;
  readonly ending: string;
  readonly search: string;
}

export type HistorySearch = Omit<ContactSearch, "limit" | "offset">;

export function filtersOf(params: URLSearchParams): HistoryFilters {
  const value = (name: string): string => params.get(name) ?? "";
  const [from, to] = [value("from"), value("to")];
  const open = value("no_disposition") === "true" ? { no_disposition: true as const } : {};
  return {
    days: null,
    behind: from && to ? { from, to, origin: value("origin"), offer_result: value("offer_result"), ...open } : null,
    queue_id: value("queue_id"),
    agent_id: value("agent_id"),
    ending: value("ending"),
    search: value("search"),
  };
}

/** What to ask the server. Without days, the last seven. */
export function searchOf(filters: HistoryFilters, timeZone: string, nowMs: number): HistorySearch {
  const { days, behind } = filters;
  const chosen = { queue_id: filters.queue_id, agent_id: filters.agent_id, ending: filters.ending, search: filters.search.trim() };
  if (behind) return { ...chosen, ...behind };
  if (days) return { ...chosen, from: dayStart(days[0], timeZone, 0), to: dayStart(days[1], timeZone, 1) };
  return { ...chosen, from: startOfDay(nowMs, timeZone, 6) };
}
