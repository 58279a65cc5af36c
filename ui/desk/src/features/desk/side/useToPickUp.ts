/** Calls one may take: parked ones, asked again every few seconds, and those that ring at colleagues, told live. */
import type { DirectoryRow, ParkedCall } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { useDirectoryRows } from "@/live/LiveProvider";
import { usePhone } from "@/phone/PhoneProvider";
import { readParked } from "@/server/callOperations";

const AGAIN_MS = 4000;
const NONE: readonly ParkedCall[] = [];

export interface ToPickUp {
  readonly parked: readonly ParkedCall[];
  /** The one that rings longest first. */
  readonly ringing: readonly DirectoryRow[];
}

export function useToPickUp(): ToPickUp {
  const { me } = usePhone();
  const enabled = me.agent?.signed_in ?? false;
  const parked = useQuery({ queryKey: ["parked"], queryFn: readParked, enabled, refetchInterval: AGAIN_MS, retry: false }).data ?? NONE;
  const ringing = useDirectoryRows()
    .rows.filter((it) => it.rings && it.agent_id !== me.agent?.agent_id)
    .sort((a, b) => (a.since ?? "").localeCompare(b.since ?? ""));
  return { parked, ringing };
}
