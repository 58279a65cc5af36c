/** What a lead may do to agents. */
import { take } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const forceStatus = (agent_id: string, status: "ready" | "break", reason = ""): Promise<unknown> =>
  take(api.POST("/api/agents/{agent_id}/status", { params: { path: { agent_id } }, body: { status, reason } }));
export const leaveGroupsOf = (agent_id: string, left: readonly string[]): Promise<unknown> =>
  take(api.POST("/api/agents/{agent_id}/left-groups", { params: { path: { agent_id } }, body: { left: [...left] } }));
export const signAgentOut = (agent_id: string): Promise<unknown> => take(api.POST("/api/agents/{agent_id}/sign-out", { params: { path: { agent_id } } }));
/** Agents leave one group and join another (ids; empty for none). */
export const moveAgents = async (agents: readonly string[], leaves: string, joins: string): Promise<readonly string[]> =>
  (await take(api.POST("/api/agents/move", { body: { agents: [...agents], leaves, joins } }))).agents;

/** An agent's day (YYYY-MM-DD of the business's calendar), asked again while it is today. */
export const useAgentDay = (agent_id: string, date: string, isToday: boolean) =>
  useQuery({
    queryKey: ["agent-day", agent_id, date],
    queryFn: () => take(api.GET("/api/agents/{agent_id}/day", { params: { path: { agent_id }, query: { date } } })),
    placeholderData: keepPreviousData,
    refetchInterval: isToday ? 15_000 : false,
  });

const SETTLED_MS = 3_000;
const SELDOM_MS = 120_000;

/** One's own day so far: asked anew when the state changes (`since`), once more when that is written down, then seldom, as every desk does. */
export const useMyDay = (agent_id: string, since: string | null) =>
  useQuery({
    queryKey: ["agent-day", agent_id, "so far", since],
    queryFn: () => take(api.GET("/api/agents/{agent_id}/day", { params: { path: { agent_id } } })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.dataUpdateCount < 2 ? SETTLED_MS : SELDOM_MS),
  });

export type MonitorMode = "listen" | "whisper" | "join";
/** Hear an agent's call over one's own device; asked again it changes how. */
export const monitorCall = (contact_id: string, mode: MonitorMode, agent_id: string): Promise<unknown> =>
  take(api.POST("/api/calls/{contact_id}/monitor", { params: { path: { contact_id } }, body: { mode, agent_id } }));
