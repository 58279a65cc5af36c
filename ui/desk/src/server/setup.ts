/** What administrators set up: queues, agents, entries, trunks. */
import { take, type QueueDeskInput, type AgentInput, type BreakReasonInput, type EntryPointInput, type Queue, type QueueChange, type QueueInput, type RefusalReasonInput, type TrunkInput } from "@huying/api";
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

export const useBreakReasons = () => useQuery({ queryKey: ["break-reasons"], queryFn: async () => (await take(api.GET("/api/break-reasons"))).items });

/** Make or change a reason; one that is not active is offered no more. */
export const saveBreakReason = (code: string, body: BreakReasonInput): Promise<unknown> => take(api.PUT("/api/break-reasons/{code}", { params: { path: { code } }, body }));

export const useRefusalReasons = () => useQuery({ queryKey: ["refusal-reasons"], queryFn: async () => (await take(api.GET("/api/refusal-reasons"))).items });
export const saveRefusalReason = (code: string, body: RefusalReasonInput): Promise<unknown> =>
  take(api.PUT("/api/refusal-reasons/{code}", { params: { path: { code } }, body }));

export interface DispositionInput {
  readonly name: Record<string, string>;
  readonly active: boolean;
  /** Null for the outermost. */
  readonly parent_id: string | null;
  readonly position?: number | null;
  readonly note_required: boolean;
  readonly follow_up_required: boolean;
  readonly date_required: boolean;
}

/** Say what a queue asks of the desk. */
export const saveQueueDesk = (queue_id: string, body: QueueDeskInput): Promise<unknown> => take(api.PUT("/api/queues/{queue_id}/desk", { params: { path: { queue_id } }, body }));

/** Make or change a disposition; one that is not active is offered no more. */
export const saveDisposition = (code: string, body: DispositionInput): Promise<unknown> => take(api.PUT("/api/dispositions/{code}", { params: { path: { code } }, body }));
