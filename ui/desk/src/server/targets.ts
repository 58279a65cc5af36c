/** Whom one can call: colleagues, queues, flows, the address book, and one's own favourites, keys and last calls. */
import { given, take, type AddressEntry, type AddressEntryChange, type AddressEntryInput, type BookSettings, type KeptTargetInput, type TargetInput } from "@huying/api";
import { keepPreviousData, useQuery, type QueryClient } from "@tanstack/react-query";
import { api } from "./api";
import { dial } from "./callOperations";

export const useDirectory = () => useQuery({ queryKey: ["directory"], queryFn: () => take(api.GET("/api/desk/targets")), staleTime: 60_000 });

const ownKey = ["own-targets"] as const;
export const useOwnTargets = () => useQuery({ queryKey: ownKey, queryFn: async () => (await take(api.GET("/api/desk/targets/mine"))).items, staleTime: 30_000 });

/** Keep a target as a favourite or on a key of speed dial, or no longer. */
export async function keepTarget(client: QueryClient, body: KeptTargetInput): Promise<void> {
  client.setQueryData(ownKey, (await take(api.PUT("/api/desk/targets/mine", { body }))).items);
}

export async function noteUsed(client: QueryClient, body: TargetInput): Promise<void> {
  await take(api.POST("/api/desk/targets/used", { body }));
  await client.invalidateQueries({ queryKey: ownKey });
}

export async function forgetUsed(client: QueryClient): Promise<void> {
  await take(api.DELETE("/api/desk/targets/used"));
  await client.invalidateQueries({ queryKey: ownKey });
}

export interface EntrySearch {
  readonly search: string;
  readonly scope?: AddressEntry["scope"] | undefined;
  readonly limit: number;
  readonly offset: number;
}

export const entriesKey = ["address-book"] as const;
export const useEntries = (search: EntrySearch, enabled = true) =>
  useQuery({
    queryKey: [...entriesKey, search],
    queryFn: () => take(api.GET("/api/address-book", { params: { query: given(search) } })),
    placeholderData: keepPreviousData,
    enabled,
  });

const entry = (entry_id: string) => ({ path: { entry_id } });
export const addEntry = (body: AddressEntryInput): Promise<unknown> => take(api.POST("/api/address-book", { body }));
export const changeEntry = (id: string, body: AddressEntryChange): Promise<unknown> => take(api.PUT("/api/address-book/{entry_id}", { params: entry(id), body }));
export const removeEntry = (id: string): Promise<unknown> => take(api.DELETE("/api/address-book/{entry_id}", { params: entry(id) }));
export const importEntries = (text: string, try_only: boolean) => take(api.POST("/api/address-book/import", { body: { text, try_only } }));
export const ENTRIES_CSV = "/api/address-book/company.csv";

export const useBookSettings = () => useQuery({ queryKey: ["address-book-settings"], queryFn: () => take(api.GET("/api/address-book/settings")) });
export const saveBookSettings = (body: BookSettings): Promise<unknown> => take(api.PUT("/api/address-book/settings", { body }));

/** Call a colleague or a number. */
export const dialTarget = (target: { readonly kind: string; readonly id: string | null; readonly number: string | null }, knowing = false): Promise<unknown> =>
  dial({ number: target.number ?? "", agent_id: target.kind === "agent" ? target.id : null }, knowing);
