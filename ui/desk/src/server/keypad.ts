/** Feature codes of telephones, and one's own PIN. */
import { take, type CodeData } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const codesKey = ["feature-codes"] as const;
export const useCodes = () => useQuery({ queryKey: codesKey, queryFn: () => take(api.GET("/api/feature-codes")) });
export const saveCode = (action: string, body: CodeData): Promise<unknown> => take(api.PUT("/api/feature-codes/{action}", { params: { path: { action } }, body }));
export const innerNumbersKey = ["internal-numbers"] as const;
export const useInnerNumbers = () => useQuery({ queryKey: innerNumbersKey, queryFn: () => take(api.GET("/api/internal-numbers")) });
export const saveFlowNumber = (flow_id: string, internal_number: string): Promise<unknown> =>
  take(api.PUT("/api/flows/{flow_id}/internal-number", { params: { path: { flow_id } }, body: { internal_number } }));
export const savePin = (pin: string): Promise<unknown> => take(api.PUT("/api/desk/pin", { body: { pin } }));
