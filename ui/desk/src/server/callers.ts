/** Rules for callers, and what the classes of customers have ahead of others. */
import { take, type CallerRuleInput, type CustomerClassInput, type HeldRules } from "@huying/api";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./api";

export type Effect = "vip" | "blocked" | "green";

export interface RuleSearch {
  readonly search: string;
  readonly effect: "" | Effect;
  readonly limit: number;
  readonly offset: number;
}

export const RULES_FILE = "/api/caller-rules/list.csv";

export const useCallerRules = (query: RuleSearch) =>
  useQuery({ queryKey: ["callers", "rules", query], queryFn: () => take(api.GET("/api/caller-rules", { params: { query } })), placeholderData: keepPreviousData });
export const useCustomerClasses = () => useQuery({ queryKey: ["callers", "classes"], queryFn: async () => (await take(api.GET("/api/customer-classes"))).items });

/** Asks for everything about callers again, and for the log of changes. */
export function useRenewCallers(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ predicate: ({ queryKey }) => ["callers", "changes"].includes(String(queryKey[0])) });
}

const rule = (rule_id: string) => ({ path: { rule_id } });

export const addRule = (body: CallerRuleInput) => take(api.POST("/api/caller-rules", { body }));
export const saveRule = (id: string, body: CallerRuleInput) => take(api.PUT("/api/caller-rules/{rule_id}", { params: rule(id), body }));
export const removeRule = (id: string) => take(api.DELETE("/api/caller-rules/{rule_id}", { params: rule(id) }));
export const heldFor = (number: string, customer_class: string): Promise<HeldRules> => take(api.POST("/api/caller-rules/check", { body: { number, customer_class } }));
export const importRules = (text: string, try_only: boolean) => take(api.POST("/api/caller-rules/import", { body: { text, try_only } }));
export const saveClass = (code: string, body: CustomerClassInput) => take(api.PUT("/api/customer-classes/{code}", { params: { path: { code } }, body }));
