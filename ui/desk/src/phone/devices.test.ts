import { expect, it } from "vitest";
import { keepDevices, lostDevices, OWN_CHOICE, present, readDevices } from "./devices";

it("keeps the chosen devices and survives a broken value", () => {
  const map = new Map<string, string>();
  const store = { getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value) };
  expect(readDevices(store)).toEqual(OWN_CHOICE);
  keepDevices(store, { microphoneId: "m", speakerId: "", ringId: "r" });
  expect(readDevices(store)).toEqual({ microphoneId: "m", speakerId: "", ringId: "r" });
  map.set("huying.devices", '{"microphoneId":"m"}');
  expect(readDevices(store)).toEqual({ ...OWN_CHOICE, microphoneId: "m" });
  map.set("huying.devices", "{");
  expect(readDevices(store)).toEqual(OWN_CHOICE);
});

it("stands in for what is gone, and says which that was", () => {
  const kept = { microphoneId: "m1", speakerId: "s1", ringId: "s2" };
  expect(present(kept, ["m1"], ["s1", "s2"])).toEqual(kept);
  const now = present(kept, ["m2"], ["s1"]);
  expect(now).toEqual({ microphoneId: "", speakerId: "s1", ringId: "" });
  expect(lostDevices(kept, now, kept)).toEqual(["microphone", "ring"]);
  expect(lostDevices(now, now, kept)).toEqual([]);
  expect(lostDevices(kept, OWN_CHOICE, { ...kept, speakerId: "" })).toEqual(["microphone", "ring"]);
});
