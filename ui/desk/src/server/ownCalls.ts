/** The agent's own calls, and what may be done about one afterwards. */
import { given, take, type OwnCallKind } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export interface OwnCallSearch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kind?: OwnCallKind | undefined;
  readonly search?: string;
  readonly limit: number;
  readonly offset: number;
}

export const ownCallsKey = ["own-calls"] as const;

/** A page of one's own calls, asked again every `refetchInterval` milliseconds where that is given. */
export const useOwnCalls = (search: OwnCallSearch, refetchInterval: number | false = false) =>
  useQuery({
    queryKey: [...ownCallsKey, search],
    queryFn: () => take(api.GET("/api/desk/calls", { params: { query: given(search) } })),
    placeholderData: keepPreviousData,
    refetchInterval,
  });

const contact = (contact_id: string) => ({ path: { contact_id } });

/** Write one's own summary of a contact; what others wrote stays theirs. */
export const saveSummary = (contactId: string, note: string): Promise<unknown> =>
  take(api.PUT("/api/desk/contacts/{contact_id}/summary", { params: contact(contactId), body: { note } }));
export const markFollowUp = (contactId: string): Promise<unknown> => take(api.POST("/api/desk/contacts/{contact_id}/follow-up", { params: contact(contactId) }));

/** Call the customer of a contact, as the continuation of it. */
export const callBack = (contact_id: string, number: string): Promise<unknown> => take(api.POST("/api/desk/dial", { body: { number, contact_id, override_do_not_call: false } }));
