/** The rows of the topic `colleagues`, sorted for people: rooms, notices, requests for help. Pure. */
import type { HelpRequest, Notice, PresenceRow, PresenceState, Room, Rows } from "@huying/api";

export interface ColleagueRows {
  /** The last used first. */
  readonly rooms: readonly Room[];
  /** What must be confirmed first, then the latest. */
  readonly notices: readonly Notice[];
  /** The oldest first. */
  readonly help: readonly HelpRequest[];
  readonly unread: number;
  readonly mentions: number;
}

const of = <Row>(rows: Rows, kind: string): Row[] =>
  Object.entries(rows)
    .filter(([key]) => key.startsWith(`${kind}:`))
    .map(([, row]) => row as Row);

const lastAt = (room: Room): string => room.last?.at ?? "";
const pressing = (notice: Notice): number => (notice.importance === "confirm" && !notice.confirmed_at ? 0 : 1);

export function colleagueRows(rows: Rows): ColleagueRows {
  const rooms = of<Room>(rows, "room").sort((a, b) => lastAt(b).localeCompare(lastAt(a)) || a.room_id.localeCompare(b.room_id));
  const notices = of<Notice>(rows, "notice").sort((a, b) => pressing(a) - pressing(b) || b.made_at.localeCompare(a.made_at));
  return {
    rooms,
    notices,
    help: of<HelpRequest>(rows, "help").sort((a, b) => a.asked_at.localeCompare(b.asked_at)),
    unread: rooms.reduce((sum, it) => sum + it.unread, 0),
    mentions: rooms.reduce((sum, it) => sum + it.mentions, 0),
  };
}

/** What stands on the desk as a banner: what must be confirmed until it is, other things until they are read. */
export const onTheDesk = (notice: Notice, nowMs: number): boolean =>
  Date.parse(notice.ends_at) > nowMs && (notice.importance === "confirm" ? !notice.confirmed_at : !notice.read_at);

/** The presence of a person out of the topic `presence`. */
export function presenceOf(rows: Rows, person: string): PresenceState {
  const row = rows[person] as PresenceRow | undefined;
  return row?.presence ?? "away";
}
