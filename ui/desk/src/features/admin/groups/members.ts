/** The members of a group while they are being changed. Pure. */

export interface Member {
  readonly agent_id: string;
  readonly level: number;
}

/** With these agents at a level; those who are members already keep theirs. */
export function withMembers(members: readonly Member[], agentIds: readonly string[], level: number): Member[] {
  const known = new Set(members.map((it) => it.agent_id));
  return [...members, ...agentIds.filter((id) => !known.has(id)).map((agent_id) => ({ agent_id, level }))];
}

export function withLevel(members: readonly Member[], agentId: string, level: number): Member[] {
  return members.map((it) => (it.agent_id === agentId ? { ...it, level } : it));
}

export interface MemberChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function memberChanges(before: readonly Member[], after: readonly Member[]): MemberChanges {
  const [old, now] = [before, after].map((members) => new Map(members.map((it) => [it.agent_id, it.level]))) as [Map<string, number>, Map<string, number>];
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now].filter(([id, level]) => old.has(id) && old.get(id) !== level).map(([id]) => id),
  };
}

/** Agents named in a list that somebody pasted: extensions or names, parted by anything but letters and digits. */
export function agentsIn(text: string, agents: readonly { readonly id: string; readonly name: string; readonly extension: string }[]): { readonly found: readonly string[]; readonly unknown: readonly string[] } {
  const found: string[] = [];
  const unknown: string[] = [];
  for (const line of text.split(/[\n\r,;，；、\t]+/)) {
    const word = line.trim();
    if (!word) continue;
    const agent = agents.find((it) => it.extension === word) ?? agents.find((it) => it.name.toLowerCase() === word.toLowerCase());
    if (agent) found.push(agent.id);
    else unknown.push(word);
  }
  return { found: [...new Set(found)], unknown };
}
