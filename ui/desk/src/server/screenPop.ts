/** What is known of a contact and its customer, as one asks for it: early, when the feed brings the contact, and where it is shown. */
import { ApiError, take } from "@huying/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "./api";

export const screenPopKey = (contactId: string | null): readonly unknown[] => ["screen-pop", contactId];

const RETRY_MS = [100, 200, 400, 800];

export const screenPopOf = (contactId: string) =>
  queryOptions({
    queryKey: screenPopKey(contactId),
    queryFn: () => take(api.GET("/api/desk/contacts/{contact_id}", { params: { path: { contact_id: contactId } } })),
    staleTime: 30_000,
    // The feed may be ahead of the database by a moment.
    retry: (failures, error) => failures < RETRY_MS.length && !(error instanceof ApiError && (error.status === 401 || error.status === 403)),
    retryDelay: (failures) => RETRY_MS[failures] ?? 800,
  });
