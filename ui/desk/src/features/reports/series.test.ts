import { expect, it } from "vitest";
import { filled, niceTop, pointOf } from "./series";

it("counts who left early as left, and the rest as other", () => {
  const row = { from: "2026-01-01T01:00:00Z", to: "", queue_id: null, provisional: false, values: { offered: 7, answered: 3, abandoned: 1, short_abandoned: 1 } };
  expect(pointOf(row)).toEqual({ from: "2026-01-01T01:00:00Z", offered: 7, answered: 3, abandoned: 2, other: 2 });
  expect(pointOf({ ...row, values: { offered: 1, answered: null } })).toMatchObject({ answered: 0, other: 1 });
});

it("rounds the scale up", () => {
  expect([0, 4, 7, 13, 25, 90, 101, 112].map(niceTop)).toEqual([4, 4, 8, 16, 30, 100, 120, 120]);
});

it("fills a day's empty hours and leaves long spans alone", () => {
  const point = { from: "2026-01-01T01:00:00+00:00", offered: 2, answered: 2, abandoned: 0, other: 0 };
  const hours = filled([point], "2026-01-01T00:00:00Z", "2026-01-01T04:00:00Z", "1h");
  expect(hours.map((it) => it.offered)).toEqual([0, 2, 0, 0]);
  expect(filled([point], "2026-01-01T00:00:00Z", "2026-01-30T00:00:00Z", "15m")).toEqual([point]);
  expect(filled([point], "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", "1d")).toEqual([point]);
});
