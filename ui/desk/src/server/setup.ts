/** What administrators set up: queues, agents, entries, trunks. */
import { take, type AgentInput, type EntryPointInput, type Queue, type QueueChange, type QueueInput, type TrunkInput } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const addQueue = (body: QueueInput): Promise<Queue> => take(api.POST("/api/queues", { body }));
export const changeQueue = (queue_id: string, body: QueueChange): Promise<unknown> =>
  take(api.PATCH("/api/queues/{queue_id}", { params: { path: { queue_id } }, body }));

const agent = (agent_id: string) => ({ path: { agent_id } });

export const saveAgent = (id: string, body: AgentInput): Promise<unknown> => take(api.PUT("/api/agents/{agent_id}", { params: agent(id), body }));
export const removeAgent = (id: string): Promise<unknown> => take(api.DELETE("/api/agents/{agent_id}", { params: agent(id) }));

export const useEntryPoints = () => useQuery({ queryKey: ["entry-points"], queryFn: async () => (await take(api.GET("/api/entry-points"))).items });
export const useFlows = () => useQuery({ queryKey: ["flows"], queryFn: async () => (await take(api.GET("/api/flows"))).items });
export const saveEntryPoint = (kind: "number" | "web", address: string, body: EntryPointInput): Promise<unknown> =>
  take(api.PUT("/api/entry-points/{kind}/{address}", { params: { path: { kind, address } }, body }));

export const useTrunks = () => useQuery({ queryKey: ["trunks"], queryFn: async () => (await take(api.GET("/api/trunks"))).items });
export const saveTrunk = (name: string, body: TrunkInput): Promise<unknown> => take(api.PUT("/api/trunks/{name}", { params: { path: { name } }, body }));
export const removeTrunk = (name: string): Promise<unknown> => take(api.DELETE("/api/trunks/{name}", { params: { path: { name } } }));

export type ChoiceKind = "break_reason" | "disposition";

export interface ChoiceInput {
  readonly name: Readonly<Record<string, string>>;
  readonly active: boolean;
  /** Of a disposition alone; null for all queues. */
  readonly queue_id: string | null;
}

/** Make or change a choice; one that is not active is offered no more. */
export function saveChoice(kind: ChoiceKind, code: string, { name, active, queue_id }: ChoiceInput): Promise<unknown> {
  const params = { path: { code } };
  if (kind === "break_reason") return take(api.PUT("/api/break-reasons/{code}", { params, body: { name, active } }));
  return take(api.PUT("/api/dispositions/{code}", { params, body: { name, active, queue_id } }));
}
