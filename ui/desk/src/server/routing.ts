/** Groups, skills, changes and how work is shared out: questions and commands to the server. */
import { given, take, type Change, type Group, type GroupChange, type GroupInput, type MatrixCell, type RoutingSettingsInput, type RuleCheck, type RulePreview, type Skill, type SkillChange, type SkillInput } from "@huying/api";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Language } from "@/i18n";
import { api } from "./api";

/** Asked again every `refetchInterval` milliseconds where that is given. */
export const useAllQueues = (refetchInterval: number | false = false) =>
  useQuery({ queryKey: ["queues", "all"], refetchInterval, queryFn: async () => (await take(api.GET("/api/queues", { params: { query: { inactive: true } } }))).items });

export const useSkillsMatrix = () => useQuery({ queryKey: ["skills-matrix"], queryFn: () => take(api.GET("/api/skills/matrix")) });

const MOST_CELLS = 5000;

/** All of them or none; of more than the server takes at once, part by part. */
export async function changeMatrix(changes: readonly MatrixCell[]): Promise<void> {
  for (let from = 0; from < changes.length; from += MOST_CELLS) await take(api.PATCH("/api/skills/matrix", { body: { changes: changes.slice(from, from + MOST_CELLS) } }));
}

export const useSkills = () =>
  useQuery({ queryKey: ["skills"], queryFn: async () => (await take(api.GET("/api/skills", { params: { query: { inactive: true } } }))).items, staleTime: 60_000 });
export const addSkill = (body: SkillInput): Promise<Skill> => take(api.POST("/api/skills", { body }));
export const changeSkill = (skill_id: string, body: SkillChange): Promise<Skill> => take(api.PATCH("/api/skills/{skill_id}", { params: { path: { skill_id } }, body }));

export const useGroups = () =>
  useQuery({ queryKey: ["groups"], queryFn: async () => (await take(api.GET("/api/groups", { params: { query: { inactive: true } } }))).items, staleTime: 60_000 });
export const addGroup = (body: GroupInput): Promise<Group> => take(api.POST("/api/groups", { body }));
export const changeGroup = (group_id: string, body: GroupChange): Promise<Group> => take(api.PATCH("/api/groups/{group_id}", { params: { path: { group_id } }, body }));

export const useRoutingSettings = () => useQuery({ queryKey: ["routing-settings"], queryFn: () => take(api.GET("/api/routing/settings")) });
export const saveRoutingSettings = (body: RoutingSettingsInput): Promise<unknown> => take(api.PUT("/api/routing/settings", { body }));

const PAGE = 50;

/** The log of changes, newest first, in pages. */
export const useChanges = (what: string) =>
  useInfiniteQuery({
    queryKey: ["changes", what],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => take(api.GET("/api/changes", { params: { query: given({ limit: PAGE, before: pageParam || undefined, what }) } })),
    getNextPageParam: (last) => (last.items.length < PAGE ? undefined : last.items.at(-1)?.number),
  });
export const undoChange = (number: number, force: boolean): Promise<Change> => take(api.POST("/api/changes/{number}/undo", { params: { path: { number } }, body: { force } }));

/** The newest change of a kind. */
export const latestChange = async (what: string): Promise<Change | undefined> => (await take(api.GET("/api/changes", { params: { query: { limit: 1, what } } }))).items[0];

/** Rules as they stand in the editor, and the contact they are thought through for. */
export interface RuleQuestion {
  readonly queue_id: string | null;
  readonly text: string;
  readonly groups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly language: Language;
}

const asked = ({ groups, ...question }: RuleQuestion) => ({ ...question, groups: [...groups], needs: {} });

export const checkRules = (question: RuleQuestion): Promise<RuleCheck> => take(api.POST("/api/routing/requirements/check", { body: asked(question) }));
export const previewRules = (question: RuleQuestion): Promise<RulePreview> =>
  take(api.POST("/api/routing/requirements/preview", { body: { ...asked(question), channel: "call" } }));
