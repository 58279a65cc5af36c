/** Names of queues, agents and dispositions by their ids, for screens that show other wings' rows. */
import type { AgentSummary, Page, Queue } from "@huying/api";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useTexts } from "@/i18n";
import { request } from "./request";
import { useDeskSettings } from "./session";

export function useQueues(): UseQueryResult<readonly Queue[]> {
  return useQuery({
    queryKey: ["queues"],
    queryFn: async () => (await request<Page<Queue>>("GET", "/api/queues")).items,
    staleTime: 60_000,
  });
}

export function useAgents(): UseQueryResult<readonly AgentSummary[]> {
  return useQuery({
    queryKey: ["agents"],
    queryFn: async () => (await request<Page<AgentSummary>>("GET", "/api/agents")).items,
    staleTime: 60_000,
  });
}

export interface AllNames {
  readonly queue: (id: string) => string;
  readonly agent: (id: string) => string;
  readonly disposition: (code: string) => string;
}

/** Looks names up; gives the start of the id where a name is not known. */
export function useNames(): AllNames {
  const { local } = useTexts();
  const queues = useQueues();
  const agents = useAgents();
  const settings = useDeskSettings();
  return {
    queue: (id) => local(queues.data?.find((it) => it.id === id)?.name) || id.slice(0, 8),
    agent: (id) => agents.data?.find((it) => it.agent_id === id)?.name ?? id.slice(0, 8),
    disposition: (code) => local(settings.data?.dispositions.find((it) => it.code === code)?.name) || code,
  };
}
