/** The history of contacts, one contact with its timeline, and recordings. */
import type { ContactDetail, ContactSummary, Page, Peaks } from "@huying/api";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { query, request } from "./request";

export interface ContactSearch {
  readonly from?: string;
  readonly to?: string;
  readonly queue_id?: string;
  readonly agent_id?: string;
  readonly ending?: string;
  readonly direction?: string;
  readonly search?: string;
  readonly limit: number;
  readonly offset: number;
}

export function useContacts(search: ContactSearch, refetchInterval?: number): UseQueryResult<Page<ContactSummary>> {
  return useQuery({
    queryKey: ["contacts", "list", search],
    queryFn: ({ signal }) => request<Page<ContactSummary>>("GET", `/api/contacts${query({ ...search })}`, undefined, signal),
    placeholderData: keepPreviousData,
    ...(refetchInterval ? { refetchInterval } : {}),
  });
}

export function useContact(id: string | null): UseQueryResult<ContactDetail> {
  return useQuery({
    queryKey: ["contacts", id],
    queryFn: () => request<ContactDetail>("GET", `/api/contacts/${id ?? ""}`),
    enabled: id !== null,
  });
}

export const usePeaks = (recordingId: string): UseQueryResult<Peaks> =>
  useQuery({ queryKey: ["peaks", recordingId], queryFn: () => request<Peaks>("GET", `/api/recordings/${recordingId}/peaks`), staleTime: Infinity });

export const audioUrl = (recordingId: string): string => `/api/recordings/${recordingId}/audio`;
