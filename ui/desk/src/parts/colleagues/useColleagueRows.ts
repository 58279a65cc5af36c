/** The person's rooms, notices and requests for help as they are now, and names for the people in them. */
import { useMemo } from "react";
import { useTable } from "@/live/LiveProvider";
import { EMPTY_TABLE } from "@/live/table";
import { useColleagues } from "@/server/colleagues";
import { useSession } from "@/server/session";
import { useTexts } from "@/i18n";
import type { PresenceState, Room } from "@huying/api";
import { colleagueRows, presenceOf, type ColleagueRows } from "./rows";

export function useColleagueRows(): ColleagueRows & { readonly loaded: boolean } {
  const table = useTable("colleagues");
  return useMemo(() => ({ ...colleagueRows(table.rows), loaded: table !== EMPTY_TABLE }), [table]);
}

export function usePresence(): (person: string) => PresenceState {
  const table = useTable("presence");
  return (person) => presenceOf(table.rows, person);
}

export interface RoomNames {
  readonly person: (id: string) => string;
  readonly room: (room: Room) => string;
  /** The other one of a direct room. */
  readonly other: (room: Room) => string | null;
}

export function useRoomNames(): RoomNames {
  const { t, local } = useTexts();
  const me = useSession().person.id;
  const people = useColleagues();
  const person = (id: string): string => people.data?.find((it) => it.person_id === id)?.name ?? t("colleagues.somebody");
  const other = (room: Room): string | null => (room.kind === "direct" ? (room.people.find((it) => it.person_id !== me)?.person_id ?? null) : null);
  return {
    person,
    other,
    room: (room) => {
      const one = other(room);
      return one ? person(one) : local(room.name) || t("colleagues.room");
    },
  };
}
