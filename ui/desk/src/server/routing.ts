/** Queues, groups, skills, and how work is shared out: questions and commands to the server. */
import { useQuery } from "@tanstack/react-query";

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
void useQuery;
