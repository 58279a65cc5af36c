/** Who calls and what is known of them: asked once when a contact rings, and again when its customer changes. */
import { ApiError, type ScreenPop } from "@huying/api";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { request } from "@/server/request";

export const screenPopKey = (contactId: string | null): readonly unknown[] => ["screen-pop", contactId];

export function useScreenPop(contactId: string | null): UseQueryResult<ScreenPop> {
  return useQuery({
    queryKey: screenPopKey(contactId),
    queryFn: ({ signal }) => request<ScreenPop>("GET", `/api/desk/contacts/${contactId ?? ""}`, undefined, signal),
    enabled: contactId !== null,
    staleTime: 30_000,
    // The feed may be ahead of the database by a moment.
    retry: (failures, error) => failures < 4 && !(error instanceof ApiError && (error.status === 401 || error.status === 403)),
    retryDelay: 400,
  });
}
