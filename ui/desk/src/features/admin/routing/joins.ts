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
