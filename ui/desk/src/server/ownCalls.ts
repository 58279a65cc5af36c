/** The agent's own calls, and what may be done about one afterwards. */
import { given, take, type OwnCall, type OwnCallKind } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";
import { dial } from "./callOperations";

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

/** Call back: the colleague of an internal call, or the customer, as the continuation of the contact. */
export const callBack = (call: OwnCall, knowing = false): Promise<unknown> => {
  const agent_id = call.colleague?.agent_id ?? null;
  return dial({ number: agent_id ? "" : call.remote_number, agent_id, contact_id: call.contact_id }, knowing);
};
