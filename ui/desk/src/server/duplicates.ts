/** Likely duplicates, merging, and taking a merge back. */
import { take, type Customer, type LikelySame, type Merge, type MergeInput, type ToldApart } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

const customer = (customer_id: string) => ({ path: { customer_id } });

/** Who may be the same as this customer. */
export const useDuplicatesOf = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ["customers", id, "duplicates"],
    queryFn: async (): Promise<readonly Customer[]> => {
      const { items } = await take(api.GET("/api/customers/{customer_id}/duplicates", { params: customer(id) }));
      return items.flatMap((it) => it.customers.filter((one) => one.id !== id));
    },
    enabled,
    staleTime: 30_000,
  });

export const useDuplicates = (query: { readonly limit: number; readonly offset: number }) =>
  useQuery({ queryKey: ["duplicates", query], queryFn: (): Promise<{ items: LikelySame[]; total: number }> => take(api.GET("/api/duplicates", { params: { query } })) });

export const useMerges = (id: string) =>
  useQuery({ queryKey: ["customers", id, "merges"], queryFn: async (): Promise<readonly Merge[]> => (await take(api.GET("/api/customers/{customer_id}/merges", { params: customer(id) }))).items });

export const mergeCustomers = (body: MergeInput): Promise<{ merge_id: string; customer: Customer }> => take(api.POST("/api/customers/merge", { body }));
export const undoMerge = (merge_id: string): Promise<Merge> => take(api.POST("/api/customers/merges/{merge_id}/undo", { params: { path: { merge_id } } }));

/** Pairs whom somebody said to be different. */
export const useToldApart = (query: { readonly limit: number; readonly offset: number }, enabled: boolean) =>
  useQuery({
    queryKey: ["duplicates", "different", query],
    queryFn: (): Promise<{ items: ToldApart[]; total: number }> => take(api.GET("/api/duplicates/different", { params: { query } })),
    enabled,
  });
export const tellApart = (ids: readonly string[]): Promise<void> => take(api.POST("/api/duplicates/different", { body: { ids: [...ids] } }));
export const tellAlike = (ids: readonly string[]): Promise<void> => take(api.POST("/api/duplicates/different/undo", { body: { ids: [...ids] } }));
