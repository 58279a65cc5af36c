/** Companies that customers belong to. */
import { take, type Company, type CompanyChange, type CompanyInput } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export interface CompanySearch {
  readonly search: string;
  readonly limit: number;
  readonly offset: number;
}

export const useCompanies = (query: CompanySearch) =>
  useQuery({ queryKey: ["companies", "list", query], queryFn: () => take(api.GET("/api/companies", { params: { query } })), placeholderData: keepPreviousData });
export const useCompany = (company_id: string) =>
  useQuery({ queryKey: ["companies", company_id], queryFn: () => take(api.GET("/api/companies/{company_id}", { params: { path: { company_id } } })) });
export const addCompany = (body: CompanyInput): Promise<Company> => take(api.POST("/api/companies", { body }));
export const changeCompany = (company_id: string, body: CompanyChange): Promise<Company> =>
  take(api.PATCH("/api/companies/{company_id}", { params: { path: { company_id } }, body }));
