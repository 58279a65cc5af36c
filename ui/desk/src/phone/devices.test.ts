import { expect, it } from "vitest";
import { keepDevices, readDevices } from "./devices";

it("keeps the chosen devices and survives a broken value", () => {
  const map = new Map<string, string>();
  const store = { getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value) };
  expect(readDevices(store)).toEqual({ microphoneId: "", speakerId: "" });
  keepDevices(store, { microphoneId: "m", speakerId: "" });
  expect(readDevices(store)).toEqual({ microphoneId: "m", speakerId: "" });
  map.set("huying.devices", "{");
  expect(readDevices(store)).toEqual({ microphoneId: "", speakerId: "" });
});
