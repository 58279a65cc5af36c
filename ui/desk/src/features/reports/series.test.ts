import type { ReportRow } from "@huying/api";
import { expect, it } from "vitest";
import { byInterval, niceTop } from "./series";

const row = (from: string, queue_id: string, values: Record<string, number | null>): ReportRow => ({ from, to: from, queue_id, provisional: false, values });

it("sums the queues of an interval and keeps the order of time", () => {
  const rows = [
    row("2026-01-01T02:00:00Z", "a", { offered: 3, answered: 2, abandoned: 1 }),
    row("2026-01-01T01:00:00Z", "a", { offered: 5, answered: 3, abandoned: 1, short_abandoned: 1 }),
    row("2026-01-01T02:00:00Z", "b", { offered: 1, answered: null }),
  ];
  expect(byInterval(rows)).toEqual([
    { from: "2026-01-01T01:00:00Z", offered: 5, answered: 3, abandoned: 2, other: 0 },
    { from: "2026-01-01T02:00:00Z", offered: 4, answered: 2, abandoned: 1, other: 1 },
  ]);
});

it("rounds the scale up", () => {
  expect([0, 4, 7, 13, 90, 101].map(niceTop)).toEqual([4, 4, 8, 20, 100, 200]);
});
