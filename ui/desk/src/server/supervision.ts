/** What a lead may do to agents and contacts. */
import { request } from "./request";

export const forceStatus = (agentId: string, status: "ready" | "break", reason = ""): Promise<void> =>
  request("POST", `/api/agents/${agentId}/status`, { status, reason });
export const signAgentOut = (agentId: string): Promise<void> => request("POST", `/api/agents/${agentId}/sign-out`);
