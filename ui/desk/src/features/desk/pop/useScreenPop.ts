/** Who calls and what is known of them: asked once when a contact rings, and again when its customer changes. */
import { ApiError, take } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/server/api";

export const screenPopKey = (contactId: string | null): readonly unknown[] => ["screen-pop", contactId];

export const useScreenPop = (contactId: string | null) =>
  useQuery({
    queryKey: screenPopKey(contactId),
    queryFn: () => take(api.GET("/api/desk/contacts/{contact_id}", { params: { path: { contact_id: contactId ?? "" } } })),
    enabled: contactId !== null,
    staleTime: 30_000,
    // The feed may be ahead of the database by a moment.
    retry: (failures, error) => failures < 4 && !(error instanceof ApiError && (error.status === 401 || error.status === 403)),
    retryDelay: 400,
  });
