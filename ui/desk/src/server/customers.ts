/** Customers and their appliances. */
import type { Asset, AssetInput, ContactSummary, Customer, CustomerInput, Page } from "@huying/api";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { query, request } from "./request";

export interface CustomerSearch {
  readonly search: string;
  readonly limit: number;
  readonly offset: number;
}

export function useCustomers(search: CustomerSearch): UseQueryResult<Page<Customer>> {
  return useQuery({
    queryKey: ["customers", "list", search],
    queryFn: ({ signal }) => request<Page<Customer>>("GET", `/api/customers${query({ ...search })}`, undefined, signal),
    placeholderData: keepPreviousData,
  });
}

export function useCustomer(id: string): UseQueryResult<Customer> {
  return useQuery({ queryKey: ["customers", id], queryFn: () => request<Customer>("GET", `/api/customers/${id}`) });
}

export function useAssets(customerId: string): UseQueryResult<readonly Asset[]> {
  return useQuery({
    queryKey: ["customers", customerId, "assets"],
    queryFn: async () => (await request<Page<Asset>>("GET", `/api/customers/${customerId}/assets`)).items,
  });
}

export function useCustomerContacts(customerId: string): UseQueryResult<readonly ContactSummary[]> {
  return useQuery({
    queryKey: ["customers", customerId, "contacts"],
    queryFn: async () => (await request<Page<ContactSummary>>("GET", `/api/contacts${query({ customer_id: customerId, limit: 50 })}`)).items,
  });
}

export const addCustomer = (input: CustomerInput): Promise<Customer> => request("POST", "/api/customers", input);
export const changeCustomer = (id: string, input: CustomerInput): Promise<Customer> => request("PATCH", `/api/customers/${id}`, input);
export const addAsset = (customerId: string, input: AssetInput): Promise<Asset> => request("POST", `/api/customers/${customerId}/assets`, input);
