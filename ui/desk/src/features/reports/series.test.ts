import { expect, it } from "vitest";
import { niceTop, pointOf } from "./series";

it("counts who left early as left, and the rest as other", () => {
  const row = { from: "2026-01-01T01:00:00Z", to: "", queue_id: null, provisional: false, values: { offered: 7, answered: 3, abandoned: 1, short_abandoned: 1 } };
  expect(pointOf(row)).toEqual({ from: "2026-01-01T01:00:00Z", offered: 7, answered: 3, abandoned: 2, other: 2 });
  expect(pointOf({ ...row, values: { offered: 1, answered: null } })).toMatchObject({ answered: 0, other: 1 });
});

it("rounds the scale up", () => {
  expect([0, 4, 7, 13, 90, 101].map(niceTop)).toEqual([4, 4, 8, 20, 100, 200]);
});
