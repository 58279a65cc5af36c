/** Figures of queues and of agents by interval. */
import { given, take, type QueueReport } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export type Interval = "15m" | "1h" | "1d" | "total";
export type ReportOf = "queues" | "agents";

export interface ReportSearch {
  readonly of: ReportOf;
  readonly from: string;
  readonly to: string;
  readonly interval: Interval;
  /** A queue or an agent; empty for all. */
  readonly only: string;
}

function ask({ of, only, ...when }: ReportSearch): Promise<QueueReport> {
  if (of === "agents") return take(api.GET("/api/reports/agents", { params: { query: given({ ...when, agent_id: only }) } }));
  return take(api.GET("/api/reports/queues", { params: { query: given({ ...when, queue_id: only }) } }));
}

export const useReport = (search: ReportSearch) =>
  useQuery({ queryKey: ["reports", search], queryFn: () => ask(search), placeholderData: keepPreviousData, refetchInterval: 30_000 });
