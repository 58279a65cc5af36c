/** Uses the chosen devices; a headset that is unplugged is no reason not to work, is said, and is used again when it is back. */
import { useCallback, useEffect, useRef, useState } from "react";
import { lostDevices, OWN_CHOICE, presentDevices, readDevices, type DeviceRole, type Devices } from "./devices";
import type { Station } from "./station";

export interface ChosenDevices {
  readonly devices: Devices;
  readonly lost: readonly DeviceRole[];
  readonly chooseDevices: (devices: Devices) => Promise<void>;
}

export function useChosenDevices(station: Station | null): ChosenDevices {
  const [devices, setDevices] = useState(OWN_CHOICE);
  const [lost, setLost] = useState<readonly DeviceRole[]>([]);
  const used = useRef(OWN_CHOICE);
  const take = useCallback(
    async (wanted: Devices): Promise<void> => {
      const kept = readDevices(localStorage);
      const gone = lostDevices(used.current, wanted, kept);
      setLost((before) => [...new Set([...before, ...gone])].filter((role) => wanted[`${role}Id`] === "" && kept[`${role}Id`] !== ""));
      used.current = wanted;
      setDevices(wanted);
      await station?.setDevices(wanted);
    },
    [station],
  );
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const apply = async (): Promise<void> => take(await presentDevices(readDevices(localStorage)));
    const changed = (): void => void apply().catch(() => undefined);
    changed();
    media?.addEventListener("devicechange", changed);
    return () => media?.removeEventListener("devicechange", changed);
  }, [take]);
  return { devices, lost, chooseDevices: take };
}
