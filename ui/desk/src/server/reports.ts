/** Figures of queues by interval. */
import type { QueueReport } from "@huying/api";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { query, request } from "./request";

export type Interval = "15m" | "1h" | "1d" | "total";

export interface ReportSearch {
  readonly from: string;
  readonly to: string;
  readonly interval: Interval;
  readonly queue_id?: string | undefined;
}

export function useQueueReport(search: ReportSearch): UseQueryResult<QueueReport> {
  return useQuery({
    queryKey: ["reports", "queues", search],
    queryFn: ({ signal }) => request<QueueReport>("GET", `/api/reports/queues${query({ ...search })}`, undefined, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}
