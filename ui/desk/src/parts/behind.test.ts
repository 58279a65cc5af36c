import { expect, it } from "vitest";
import { pageBehind } from "./behind";

const when = { from: "2026-01-01T00:00:00Z", to: "2026-01-01T01:00:00Z" };
const params = (page: string): Record<string, string> => Object.fromEntries(new URLSearchParams(page.split("?")[1]));

it("opens a count to the counted contacts", () => {
  expect(params(pageBehind({ of: "queues", code: "abandoned", ...when, queue_id: "q" }))).toEqual({ ...when, queue_id: "q", ending: "abandoned" });
  expect(params(pageBehind({ of: "queues", code: "offered", ...when, queue_id: null }))).toEqual(when);
  expect(params(pageBehind({ of: "queues", code: "from_overflow", ...when }))).toEqual({ ...when, origin: "overflow" });
  expect(params(pageBehind({ of: "agents", code: "timed_out", ...when, agent_id: "a" }))).toEqual({ ...when, agent_id: "a", offer_result: "timed_out" });
  expect(params(pageBehind({ of: "agents", code: "no_disposition", ...when, agent_id: "a" }))).toEqual({ ...when, agent_id: "a", no_disposition: "true" });
  expect(params(pageBehind({ of: "agents", code: "occupancy", ...when, agent_id: "a" }))).toEqual({ ...when, agent_id: "a" });
});
