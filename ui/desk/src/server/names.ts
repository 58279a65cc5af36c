/** Names of queues, agents and dispositions by their ids, for screens that show other wings' rows. */
import { take } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { useTexts } from "@/i18n";
import { pathOf } from "@/parts/closing/dispositionTree";
import { api } from "./api";
import { useDeskSettings } from "./session";

export const useQueues = () =>
  useQuery({ queryKey: ["queues"], queryFn: async () => (await take(api.GET("/api/queues"))).items, staleTime: 60_000 });

export const useAgents = () =>
  useQuery({ queryKey: ["agents"], queryFn: async () => (await take(api.GET("/api/agents"))).items, staleTime: 60_000 });

export const dispositionsKey = ["dispositions"] as const;

/** The whole tree of dispositions, also those that are not in use any more, and what queues ask of the desk. */
export const useDispositions = () => useQuery({ queryKey: dispositionsKey, queryFn: () => take(api.GET("/api/dispositions")), staleTime: 60_000 });

export interface AllNames {
  readonly queue: (id: string) => string;
  readonly agent: (id: string) => string;
  /** Whom somebody called within the house: a colleague, or a queue by its internal number. */
  readonly called: (id: string) => string;
  readonly group: (id: string) => string;
  /** A group's code, for names in tests. */
  readonly groupCode: (id: string) => string;
  readonly disposition: (code: string) => string;
  /** With the branches it stands below. */
  readonly dispositionPath: (code: string) => string;
  /** Why somebody is on a break: chosen by a person, or set by the system. */
  readonly breakReason: (code: string) => string;
  /** Why somebody did not take what rang. */
  readonly refusal: (code: string) => string;
}

/** Until the names are there, or where they cannot be had, nobody is to read an id. */
const unnamed = (id: string, loaded: unknown): string => (loaded ? id.slice(0, 8) : "…");

/** Looks names up; gives the start of the id where a name is not known. */
export function useNames(): AllNames {
  const { local, code: word } = useTexts();
  const queues = useQueues();
  const agents = useAgents();
  const settings = useDeskSettings();
  const { data: tree } = useDispositions();
  const all = tree?.items ?? [];
  const found = (code: string) => all.find((it) => it.code === code);
  const path = (code: string): string => {
    const one = found(code);
    return one ? pathOf(all, one).map((it) => local(it.name)).join(" › ") : code;
  };
  return {
    queue: (id) => local(queues.data?.find((it) => it.id === id)?.name) || unnamed(id, queues.data),
    agent: (id) => agents.data?.find((it) => it.id === id)?.name ?? unnamed(id, agents.data),
    called: (id) => (agents.data?.find((it) => it.id === id)?.name ?? local(queues.data?.find((it) => it.id === id)?.name)) || unnamed(id, agents.data && queues.data),
    group: (id) => local(settings.data?.groups.find((it) => it.id === id)?.name) || unnamed(id, settings.data),
    groupCode: (id) => settings.data?.groups.find((it) => it.id === id)?.code ?? id,
    breakReason: (code) => local(settings.data?.break_reasons.find((it) => it.code === code)?.name) || word("system_reason", code),
    refusal: (code) => local(settings.data?.refusal_reasons.find((it) => it.code === code)?.name) || word("refusal", code),
    disposition: (code) => local(found(code)?.name) || code,
    dispositionPath: path,
  };
}

/** Names of groups and skills, for explanations; by id, with the start of the id where a name is not known. */
export function useRoutingNames(): { readonly group: (id: string) => string; readonly skill: (id: string) => string } {
  const { local } = useTexts();
  const groups = useQuery({ queryKey: ["names", "groups"], queryFn: async () => (await take(api.GET("/api/groups"))).items, staleTime: 60_000 });
  const skills = useQuery({ queryKey: ["names", "skills"], queryFn: async () => (await take(api.GET("/api/skills"))).items, staleTime: 60_000 });
  return {
    group: (id) => local(groups.data?.find((it) => it.id === id)?.name) || unnamed(id, groups.data),
    skill: (id) => local(skills.data?.find((it) => it.id === id)?.name) || unnamed(id, skills.data),
  };
}
