/** The messages of a room as one sees them: what came, what is missing, and what is still on its way. Pure. */
import type { ColleagueMessage, NewColleagueMessage, Room } from "@huying/api";

/** Both lists together: each number once, the later reading of it counts, in order. */
export function merged(known: readonly ColleagueMessage[], came: readonly ColleagueMessage[]): readonly ColleagueMessage[] {
  if (came.length === 0) return known;
  const byNumber = new Map(known.map((it) => [it.number, it]));
  for (const it of came) byNumber.set(it.number, it);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** What to do to have the room's last message: nothing, take the one the feed brought, or read those after a number. */
export type Missing = { readonly kind: "nothing" } | { readonly kind: "take"; readonly message: ColleagueMessage } | { readonly kind: "read"; readonly after: number };

export function missing(known: readonly ColleagueMessage[], room: Room): Missing {
  const last = known.at(-1)?.number ?? 0;
  if (room.last_number <= last) return { kind: "nothing" };
  if (room.last && room.last.number === last + 1 && room.last_number === last + 1) return { kind: "take", message: room.last };
  return { kind: "read", after: last };
}

/** A message that the server has not confirmed. */
export interface Outgoing extends NewColleagueMessage {
  readonly at: string;
  /** The server refused it for good; the person may take it back or try again. */
  readonly refused?: string;
}

/** What is still on its way: what has not come back as a message. */
export const stillOut = (outbox: readonly Outgoing[], known: readonly ColleagueMessage[]): readonly Outgoing[] => {
  const ids = new Set(known.map((it) => it.message_id));
  return outbox.filter((it) => !ids.has(it.message_id));
};

export type Reached = "sent" | "delivered" | "read";

/** How far a message of mine has come with the others of the room. */
export function reached(number: number, room: Room, me: string): { readonly state: Reached; readonly read: number; readonly of: number } {
  const others = room.people.filter((it) => it.person_id !== me);
  const read = others.filter((it) => it.read >= number).length;
  const delivered = others.filter((it) => it.delivered >= number).length;
  const all = others.length > 0;
  return { state: all && read === others.length ? "read" : all && delivered === others.length ? "delivered" : "sent", read, of: others.length };
}

/** Who is mentioned in a text, by the names behind @. */
export function mentionsIn(text: string, people: readonly { readonly person_id: string; readonly name: string }[]): string[] {
  return people.filter((it) => it.name !== "" && text.includes(`@${it.name}`)).map((it) => it.person_id);
}
