/** Which work may come while an agent has other work in hand. Pure. */

export const CHANNELS = ["call", "callback", "chat", "email", "voicemail", "fax", "task"] as const;
export type Channel = (typeof CHANNELS)[number];

export type Joins = Readonly<Record<string, readonly string[]>>;

export const joins = (all: Joins, incoming: Channel, inHand: Channel): boolean => all[incoming]?.includes(inHand) ?? false;

/** With one cell turned round; the channels of each stay in the usual order. */
export function turned(all: Joins, incoming: Channel, inHand: Channel): Record<Channel, Channel[]> {
  return Object.fromEntries(
    CHANNELS.map((row) => [row, CHANNELS.filter((column) => joins(all, row, column) !== (row === incoming && column === inHand))]),
  ) as Record<Channel, Channel[]>;
}

/** What of an agent's capacity is his own: where it differs from the business's usual. An empty field is the usual. */
export function ownCapacity(capacity: Readonly<Record<string, number | null | undefined>>, usual: Readonly<Record<string, number>>): Record<string, number> {
  const own = CHANNELS.map((it) => [it, capacity[it]] as const).filter((it): it is [Channel, number] => typeof it[1] === "number");
  return Object.fromEntries(own.filter(([channel, count]) => count !== (usual[channel] ?? 1)));
}
