/** Figures of queues by interval. */
import { given, take } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export type Interval = "15m" | "1h" | "1d" | "total";

export interface ReportSearch {
  readonly from: string;
  readonly to: string;
  readonly interval: Interval;
  readonly queue_id?: string | undefined;
}

export const useQueueReport = (search: ReportSearch) =>
  useQuery({
    queryKey: ["reports", "queues", search],
    queryFn: () => take(api.GET("/api/reports/queues", { params: { query: given(search) } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
