import { expect, it } from "vitest";
import { warrantyOn } from "./warranty";

it("reads the warranty on a day", () => {
  const on = (until: string | null): string => warrantyOn(until, "2026-11-21");
  expect([null, "2026-11-20", "2026-11-21", "2027-01-20", "2027-01-21"].map(on)).toEqual(["none", "out", "ending", "ending", "in"]);
});
