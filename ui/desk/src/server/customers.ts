/** Customers and their appliances. */
import { take, type Asset, type AssetInput, type Customer, type CustomerInput } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export interface CustomerSearch {
  readonly search: string;
  readonly limit: number;
  readonly offset: number;
}

const customer = (customer_id: string) => ({ path: { customer_id } });

export const fetchCustomers = (query: CustomerSearch) => take(api.GET("/api/customers", { params: { query } }));

export const useCustomers = (search: CustomerSearch, enabled = true) =>
  useQuery({ queryKey: ["customers", "list", search], queryFn: () => fetchCustomers(search), placeholderData: keepPreviousData, enabled });

export const useCustomer = (id: string) =>
  useQuery({ queryKey: ["customers", id], queryFn: () => take(api.GET("/api/customers/{customer_id}", { params: customer(id) })) });

export const useAssets = (id: string) =>
  useQuery({
    queryKey: ["customers", id, "assets"],
    queryFn: async () => (await take(api.GET("/api/customers/{customer_id}/assets", { params: customer(id) }))).items,
  });

export const useCustomerContacts = (id: string) =>
  useQuery({
    queryKey: ["customers", id, "contacts"],
    queryFn: async () => (await take(api.GET("/api/customers/{customer_id}/contacts", { params: customer(id) }))).items,
  });

export const addCustomer = (body: CustomerInput): Promise<Customer> => take(api.POST("/api/customers", { body }));
export const changeCustomer = (id: string, body: CustomerInput): Promise<Customer> =>
  take(api.PATCH("/api/customers/{customer_id}", { params: customer(id), body }));
export const addAsset = (id: string, body: AssetInput): Promise<Asset> =>
  take(api.POST("/api/customers/{customer_id}/assets", { params: customer(id), body }));
