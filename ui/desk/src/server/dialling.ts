/** How the business dials, who may dial what, how people are reached, and duty telephones. */
import { take, type DialAnswer, type DialRuleInput, type DialSettings, type Reach, type RosterInput } from "@huying/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./api";

export const CLASSES = ["internal", "local", "national", "mobile", "international", "premium"] as const;
export type NumberClass = (typeof CLASSES)[number];

export const useDialSettings = () =>
  useQuery({ queryKey: ["dialling", "settings"], queryFn: async () => (await take(api.GET("/api/dialling/settings"))) as DialSettings });
export const saveDialSettings = (body: DialSettings): Promise<unknown> => take(api.PUT("/api/dialling/settings", { body }));
export const useDialRules = () => useQuery({ queryKey: ["dialling", "rules"], queryFn: async () => (await take(api.GET("/api/dialling/rules"))).items });
export const saveDialRule = (id: string | null, body: DialRuleInput): Promise<unknown> =>
  id ? take(api.PUT("/api/dialling/rules/{rule_id}", { params: { path: { rule_id: id } }, body })) : take(api.POST("/api/dialling/rules", { body }));
export const removeDialRule = (rule_id: string): Promise<unknown> => take(api.DELETE("/api/dialling/rules/{rule_id}", { params: { path: { rule_id } } }));
export const askDial = (agent_id: string, number: string, at: string | null): Promise<DialAnswer> =>
  take(api.POST("/api/dialling/preview", { body: { agent_id, number, at } }));

/** One's own settings without an agent. */
export const reachKey = (agent: string | null) => ["reach", agent ?? "own"] as const;
export const useReach = (agent_id: string | null) =>
  useQuery({
    queryKey: reachKey(agent_id),
    queryFn: () => (agent_id ? take(api.GET("/api/agents/{agent_id}/reach", { params: { path: { agent_id } } })) : take(api.GET("/api/desk/reach"))),
  });
export const saveReach = (agent_id: string | null, body: Reach): Promise<Reach> =>
  agent_id ? take(api.PUT("/api/agents/{agent_id}/reach", { params: { path: { agent_id } }, body })) : take(api.PUT("/api/desk/reach", { body }));

export const useRosters = () => useQuery({ queryKey: ["duty"], queryFn: async () => (await take(api.GET("/api/duty-rosters"))).items, refetchInterval: 60_000 });
export const saveRoster = (id: string | null, body: RosterInput): Promise<unknown> =>
  id ? take(api.PUT("/api/duty-rosters/{roster_id}", { params: { path: { roster_id: id } }, body })) : take(api.POST("/api/duty-rosters", { body }));
export const removeRoster = (roster_id: string): Promise<unknown> => take(api.DELETE("/api/duty-rosters/{roster_id}", { params: { path: { roster_id } } }));

/** Asks again for everything that one change here may bear on. */
export function useRenewDialling(): () => void {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [["dialling"], ["duty"], ["reach"], ["changes"]]) void client.invalidateQueries({ queryKey });
  };
}
