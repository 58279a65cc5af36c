/** Calls that are nobody's and may be picked up: parked ones. Asked again every few seconds while somebody works. */
import { useQuery } from "@tanstack/react-query";
import { usePhone } from "@/phone/PhoneProvider";
import { readParked, type ParkedCall } from "@/server/callOperations";

const AGAIN_MS = 4000;
const NONE: readonly ParkedCall[] = [];

export function useToPickUp(): readonly ParkedCall[] {
  const { me } = usePhone();
  const enabled = me.agent?.signed_in ?? false;
  return useQuery({ queryKey: ["parked"], queryFn: readParked, enabled, refetchInterval: AGAIN_MS, retry: false }).data ?? NONE;
}
