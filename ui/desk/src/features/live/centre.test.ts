import type { QueueRow } from "@huying/api";
import { expect, it } from "vitest";
import { centreOf } from "./centre";

const queue = (change: Partial<QueueRow>): QueueRow => ({
  queue_id: "q",
  code: "q",
  name: "q",
  waiting: 0,
  longest_waiting_since: null,
  signed_in: 0,
  ready: 0,
  talking: 0,
  after_call: 0,
  on_break: 0,
  today: {},
  ...change,
});

it("sums queues", () => {
  const centre = centreOf([
    queue({ waiting: 2, longest_waiting_since: "2026-01-01T00:00:05Z", today: { offered: 5, answered: 3, abandoned: 1 } }),
    queue({ waiting: 1, longest_waiting_since: "2026-01-01T00:00:01Z", today: { offered: 2, answered: 1 } }),
  ]);
  expect(centre).toEqual({ waiting: 3, longestSince: "2026-01-01T00:00:01Z", offered: 7, answered: 4, abandoned: 1, answeredShare: 0.8 });
});

it("shows no share of nothing", () => {
  expect(centreOf([]).answeredShare).toBeNull();
  expect(centreOf([]).longestSince).toBeNull();
});
