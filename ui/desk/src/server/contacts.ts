/** The history of contacts, one contact with its timeline, and recordings. */
import { given, take } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export interface ContactSearch {
  readonly from?: string;
  readonly to?: string;
  readonly queue_id?: string;
  readonly agent_id?: string;
  readonly ending?: string;
  readonly origin?: string;
  readonly offer_result?: string;
  readonly no_disposition?: boolean;
  readonly direction?: string;
  readonly search?: string;
  readonly limit: number;
  readonly offset: number;
}

export const fetchContacts = (search: ContactSearch) => take(api.GET("/api/contacts", { params: { query: given(search) } }));

/** A page of the history; asked again every `refetchInterval` milliseconds where that is given. */
export const useContacts = (search: ContactSearch, refetchInterval: number | false = false) =>
  useQuery({ queryKey: ["contacts", "list", search], queryFn: () => fetchContacts(search), placeholderData: keepPreviousData, refetchInterval });

export const useContact = (id: string | null) =>
  useQuery({
    queryKey: ["contacts", id],
    queryFn: () => take(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id ?? "" } } })),
    enabled: id !== null,
  });

/** Everybody at the moment of an offer, worked out again by the server. */
export const useCandidates = (contact_id: string, offer_id: string) =>
  useQuery({
    queryKey: ["contacts", contact_id, "candidates", offer_id],
    queryFn: () => take(api.GET("/api/contacts/{contact_id}/offers/{offer_id}/candidates", { params: { path: { contact_id, offer_id } } })),
    staleTime: Infinity,
    retry: false,
  });

export const usePeaks = (recording_id: string) =>
  useQuery({
    queryKey: ["peaks", recording_id],
    queryFn: () => take(api.GET("/api/recordings/{recording_id}/peaks", { params: { path: { recording_id } } })),
    staleTime: Infinity,
  });

export const audioUrl = (recordingId: string): string => `/api/recordings/${recordingId}/audio`;
