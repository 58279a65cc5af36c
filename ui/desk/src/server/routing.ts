/** Groups, skills, changes and how work is shared out: questions and commands to the server. */
import { take } from "@huying/api";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export type Names = Readonly<Record<string, string>>;

export interface SkillView {
  readonly id: string;
  readonly code: string;
  readonly name: Names;
  readonly kind: string;
  readonly position: number;
  readonly active: boolean;
}

export interface GroupView {
  readonly id: string;
  readonly code: string;
  readonly name: Names;
  readonly position: number;
  readonly active: boolean;
  readonly members: readonly { readonly agent_id: string; readonly level: number }[];
}

export interface MatrixAgent {
  readonly agent_id: string;
  readonly name: string;
  readonly extension: string;
  readonly groups: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<string, number>>;
}

export interface SkillsMatrix {
  readonly skills: readonly SkillView[];
  readonly groups: readonly { readonly id: string; readonly code: string; readonly name: Names }[];
  readonly agents: readonly MatrixAgent[];
}

export interface MatrixChange {
  readonly agent_id: string;
  readonly skill_id?: string;
  readonly group_id?: string;
  readonly level: number;
}

export interface SkillInput {
  readonly code?: string;
  readonly name?: Names;
  readonly kind?: "skill" | "language" | "product";
  readonly position?: number;
  readonly active?: boolean;
}

export interface GroupInput {
  readonly code?: string;
  readonly name?: Names;
  readonly position?: number;
  readonly active?: boolean;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface ChangeView {
  readonly number: number;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly what: string;
  readonly thing_id: string;
  readonly thing_name: Names | string;
  readonly action: string;
  readonly before: { readonly [key: string]: Json } | null;
  readonly after: { readonly [key: string]: Json } | null;
  readonly undoes: number | null;
  readonly undone_by: number | null;
}

export interface RoutingSettings {
  readonly joins: Readonly<Record<string, readonly string[]>>;
  readonly capacity: Readonly<Record<string, number>>;
}

interface Loose {
  readonly [method: string]: (path: string, options?: object) => Promise<{ data?: never; response: Response }>;
}
const loose = api as unknown as Loose;
const call = <T>(method: string, path: string, options?: object): Promise<T> => take<T>((loose[method] as Loose[string])(path, options));

export const useSkillsMatrix = () => useQuery({ queryKey: ["skills-matrix"], queryFn: () => call<SkillsMatrix>("GET", "/api/skills/matrix") });
export const changeMatrix = (changes: readonly MatrixChange[]): Promise<unknown> => call("PATCH", "/api/skills/matrix", { body: { changes } });

export const useSkills = () => useQuery({ queryKey: ["skills"], queryFn: async () => (await call<{ items: SkillView[] }>("GET", "/api/skills")).items });
export const addSkill = (body: SkillInput): Promise<unknown> => call("POST", "/api/skills", { body });
export const changeSkill = (skill_id: string, body: SkillInput): Promise<unknown> => call("PATCH", "/api/skills/{skill_id}", { params: { path: { skill_id } }, body });

export const useGroups = () => useQuery({ queryKey: ["groups"], queryFn: async () => (await call<{ items: GroupView[] }>("GET", "/api/groups")).items });
export const addGroup = (body: GroupInput): Promise<GroupView> => call("POST", "/api/groups", { body });
export const changeGroup = (group_id: string, body: GroupInput): Promise<unknown> => call("PATCH", "/api/groups/{group_id}", { params: { path: { group_id } }, body });

export const useRoutingSettings = () => useQuery({ queryKey: ["routing-settings"], queryFn: () => call<RoutingSettings>("GET", "/api/routing/settings") });
export const saveRoutingSettings = (body: RoutingSettings): Promise<unknown> => call("PUT", "/api/routing/settings", { body });

const PAGE = 50;

/** The log of changes, newest first, in pages. */
export const useChanges = (what: string) =>
  useInfiniteQuery({
    queryKey: ["changes", what],
    initialPageParam: 0,
    queryFn: async ({ pageParam }) =>
      (await call<{ items: ChangeView[] }>("GET", "/api/changes", { params: { query: { limit: PAGE, ...(pageParam ? { before: pageParam } : {}), ...(what ? { what } : {}) } } })).items,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.number),
  });
export const undoChange = (number: number, force: boolean): Promise<ChangeView> => call("POST", "/api/changes/{number}/undo", { params: { path: { number } }, body: { force } });

export interface RuleProblem {
  /** Both count from 1; columns in characters. */
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly severity?: string;
}

export interface RuleStep {
  readonly after_seconds: number;
  readonly text: string;
  readonly circle: { readonly groups: readonly string[]; readonly need: Readonly<Record<string, number>> };
  readonly action: { readonly do: string; readonly target?: string } | null;
}

export interface RuleCheck {
  readonly problems: readonly RuleProblem[];
  readonly text: string;
  readonly steps: readonly RuleStep[];
}

export interface RulePreviewStep extends RuleStep {
  readonly who: readonly { readonly agent_id: string; readonly name: string; readonly obstacle: string }[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface RuleQuestion {
  readonly queue_id: string | null;
  readonly text: string;
  readonly groups: readonly string[];
  readonly language: string;
}

export const checkRules = ({ text, groups, language, queue_id }: RuleQuestion): Promise<RuleCheck> =>
  call("POST", "/api/routing/requirements/check", { body: { text, groups, language, ...(queue_id ? { queue_id } : {}) } });
export const previewRules = (question: RuleQuestion, attributes: Readonly<Record<string, string>>): Promise<{ steps: readonly RulePreviewStep[] }> =>
  call("POST", "/api/routing/requirements/preview", { body: { text: question.text, groups: question.groups, language: question.language, attributes, needs: {} } });

/** The newest change of a kind. */
export const latestChange = async (what: string): Promise<ChangeView | undefined> =>
  (await call<{ items: ChangeView[] }>("GET", "/api/changes", { params: { query: { limit: 1, what } } })).items[0];
