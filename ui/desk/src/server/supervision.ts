/** What a lead may do to agents. */
import { take } from "@huying/api";
import { api } from "./api";

export const forceStatus = (agent_id: string, status: "ready" | "break", reason = ""): Promise<unknown> =>
  take(api.POST("/api/agents/{agent_id}/status", { params: { path: { agent_id } }, body: { status, reason } }));
export const leaveGroupsOf = (agent_id: string, left: readonly string[]): Promise<unknown> =>
  take(api.POST("/api/agents/{agent_id}/left-groups", { params: { path: { agent_id } }, body: { left: [...left] } }));
export const signAgentOut = (agent_id: string): Promise<unknown> => take(api.POST("/api/agents/{agent_id}/sign-out", { params: { path: { agent_id } } }));
