/** Where I am rung and what goes on by itself; for administrators, what is allowed and set. */
import { take, type DeviceRules, type DevicesInput, type MyDevices, type WorkSetting, type WorkValues } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export type DeviceKind = MyDevices["kinds"][number];

export const KINDS: readonly DeviceKind[] = ["browser", "phone", "remote", "number"];

export const myDevicesKey = ["my-devices"] as const;
export const useMyDevices = (enabled = true) => useQuery({ queryKey: myDevicesKey, queryFn: () => take(api.GET("/api/desk/devices")), enabled, staleTime: 60_000 });
export const saveMyDevices = (body: DevicesInput): Promise<unknown> => take(api.PUT("/api/desk/devices", { body }));

export const deviceRulesKey = ["device-rules"] as const;
export const useDeviceRules = () => useQuery({ queryKey: deviceRulesKey, queryFn: () => take(api.GET("/api/devices/rules")) });
export const saveDeviceRules = (body: DeviceRules): Promise<unknown> => take(api.PUT("/api/devices/rules", { body }));

export const workSettingsKey = ["work-settings"] as const;
export const useWorkSettings = () => useQuery({ queryKey: workSettingsKey, queryFn: () => take(api.GET("/api/work-settings")) });

/** For an agent, a group, or (with neither) everybody. */
export function saveWorkSetting(whom: Pick<WorkSetting, "agent_id" | "group_id">, body: WorkValues): Promise<unknown> {
  if (whom.agent_id) return take(api.PUT("/api/work-settings/agents/{person_id}", { params: { path: { person_id: whom.agent_id } }, body }));
  if (whom.group_id) return take(api.PUT("/api/work-settings/groups/{group_id}", { params: { path: { group_id: whom.group_id } }, body }));
  return take(api.PUT("/api/work-settings", { body }));
}
