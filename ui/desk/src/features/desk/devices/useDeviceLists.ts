/** The devices that are plugged in, by kind; renewed when one comes or goes. */
import { useEffect, useState } from "react";
import { listDevices, type DeviceOption } from "@/phone/devices";

export interface DeviceLists {
  readonly microphones: readonly DeviceOption[];
  readonly speakers: readonly DeviceOption[];
}

export function useDeviceLists(): DeviceLists {
  const [lists, setLists] = useState<DeviceLists>({ microphones: [], speakers: [] });
  useEffect(() => {
    const renew = async (): Promise<void> => setLists({ microphones: await listDevices("audioinput"), speakers: await listDevices("audiooutput") });
    const changed = (): void => void renew();
    const media = navigator.mediaDevices as MediaDevices | undefined;
    changed();
    media?.addEventListener("devicechange", changed);
    return () => media?.removeEventListener("devicechange", changed);
  }, []);
  return lists;
}
