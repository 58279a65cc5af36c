/** Customers with all their parts, what they own and bought, and finding them. */
import { given, take, type Asset, type AssetChange, type AssetInput, type Customer, type CustomerChange, type CustomerInput, type Purchase, type PurchaseInput } from "@huying/api";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./api";

export interface CustomerFilter {
  readonly search?: string;
  readonly class?: Customer["class"] | undefined;
  readonly tag?: string | undefined;
  readonly company_id?: string | undefined;
}

export interface CustomerSearch extends CustomerFilter {
  readonly limit: number;
  readonly offset: number;
}

const customer = (customer_id: string) => ({ path: { customer_id } });

export const fetchCustomers = (query: CustomerSearch, signal?: AbortSignal) =>
  take(api.GET("/api/customers", { params: { query: given(query) }, ...(signal ? { signal } : {}) }));

/** The rows of a search; an older search that still runs is given up when a newer one begins. */
export const useCustomers = (search: CustomerSearch, enabled = true) =>
  useQuery({ queryKey: ["customers", "list", search], queryFn: ({ signal }) => fetchCustomers(search, signal), placeholderData: keepPreviousData, enabled });

export const customerQuery = (id: string) => ({ queryKey: ["customers", id], queryFn: () => take(api.GET("/api/customers/{customer_id}", { params: customer(id) })) });

export const useCustomer = (id: string) => useQuery(customerQuery(id));

export const useAssets = (id: string) =>
  useQuery({
    queryKey: ["customers", id, "assets"],
    queryFn: async () => (await take(api.GET("/api/customers/{customer_id}/assets", { params: customer(id) }))).items,
  });

export const usePurchases = (id: string, query: { readonly limit: number; readonly offset: number }) =>
  useQuery({
    queryKey: ["customers", id, "purchases", query],
    queryFn: () => take(api.GET("/api/customers/{customer_id}/purchases", { params: { ...customer(id), query } })),
  });

export const useCustomerContacts = (id: string) =>
  useQuery({
    queryKey: ["customers", id, "contacts"],
    queryFn: async () => (await take(api.GET("/api/customers/{customer_id}/contacts", { params: customer(id) }))).items,
  });

export const addCustomer = (body: CustomerInput): Promise<Customer> => take(api.POST("/api/customers", { body }));
export const changeCustomer = (id: string, body: CustomerChange): Promise<Customer> =>
  take(api.PATCH("/api/customers/{customer_id}", { params: customer(id), body }));
export const addAsset = (id: string, body: AssetInput): Promise<Asset> =>
  take(api.POST("/api/customers/{customer_id}/assets", { params: customer(id), body }));
export const changeAsset = (asset_id: string, body: AssetChange): Promise<Asset> => take(api.PATCH("/api/assets/{asset_id}", { params: { path: { asset_id } }, body }));
export const removeAsset = (asset_id: string): Promise<unknown> => take(api.DELETE("/api/assets/{asset_id}", { params: { path: { asset_id } } }));
export const addPurchase = (id: string, body: PurchaseInput): Promise<Purchase> => take(api.POST("/api/customers/{customer_id}/purchases", { params: customer(id), body }));
export const changePurchase = (purchase_id: string, body: PurchaseInput): Promise<Purchase> => take(api.PATCH("/api/purchases/{purchase_id}", { params: { path: { purchase_id } }, body }));
export const removePurchase = (purchase_id: string): Promise<unknown> => take(api.DELETE("/api/purchases/{purchase_id}", { params: { path: { purchase_id } } }));

/** Saves a part of a customer, and shows it everywhere at once. */
export function useSaveCustomer(id: string): (change: CustomerChange) => Promise<Customer> {
  const client = useQueryClient();
  return async (change) => {
    const saved = await changeCustomer(id, change);
    client.setQueryData(["customers", id], saved);
    void client.invalidateQueries({ queryKey: ["customers", "list"] });
    void client.invalidateQueries({ queryKey: ["screen-pop"] });
    return saved;
  };
}

export const useTags = () => useQuery({ queryKey: ["customer-tags"], queryFn: async () => (await take(api.GET("/api/tags"))).items, staleTime: 30_000 });

/** Where the chosen customers can be had as a file. */
export function exportAddress(form: "xlsx" | "csv", filter: CustomerFilter): string {
  return `/api/customer-exports?${new URLSearchParams({ form, ...given(filter) }).toString()}`;
}
