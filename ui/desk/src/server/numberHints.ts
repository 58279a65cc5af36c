/** What is to be minded about numbers, whoever has them. */
import { take, type NumberHint, type NumberHintInput } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

const hint = (hint_id: string) => ({ path: { hint_id } });

export const useNumberHints = (query: { readonly search: string; readonly active: boolean; readonly limit: number; readonly offset: number }) =>
  useQuery({
    queryKey: ["number-hints", query],
    queryFn: (): Promise<{ items: NumberHint[]; total: number }> => take(api.GET("/api/number-hints", { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const addHint = (body: NumberHintInput): Promise<NumberHint> => take(api.POST("/api/number-hints", { body }));
export const changeHint = (id: string, body: NumberHintInput): Promise<NumberHint> => take(api.PATCH("/api/number-hints/{hint_id}", { params: hint(id), body }));
export const removeHint = (id: string): Promise<unknown> => take(api.DELETE("/api/number-hints/{hint_id}", { params: hint(id) }));
export const bringBackHint = (id: string): Promise<unknown> => take(api.POST("/api/number-hints/{hint_id}/bring-back", { params: hint(id) }));
