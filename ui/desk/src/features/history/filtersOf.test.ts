import dayjs from "dayjs";
import { expect, it } from "vitest";
import { filtersOf, searchOf } from "./filtersOf";

const now = Date.parse("2026-11-21T20:00:00Z");

it("asks for the last seven days of the business at first", () => {
  const search = searchOf(filtersOf(new URLSearchParams()), "Asia/Shanghai", now);
  expect(search).toEqual({ from: "2026-11-15T16:00:00.000Z", queue_id: "", agent_id: "", ending: "", search: "" });
});

it("asks for picked days to their end", () => {
  const filters = { ...filtersOf(new URLSearchParams()), days: [dayjs("2026-11-20"), dayjs("2026-11-20")] as const, search: " li " };
  expect(searchOf(filters, "Asia/Shanghai", now)).toMatchObject({ from: "2026-11-19T16:00:00.000Z", to: "2026-11-20T16:00:00.000Z", search: "li" });
});

it("opens the contacts behind a figure", () => {
  const filters = filtersOf(new URLSearchParams("from=A&to=B&ending=lost&queue_id=q&origin=overflow"));
  expect(searchOf(filters, "Asia/Shanghai", now)).toMatchObject({ from: "A", to: "B", ending: "lost", queue_id: "q", origin: "overflow" });
  expect(searchOf(filters, "Asia/Shanghai", now)).not.toHaveProperty("no_disposition");
  expect(searchOf(filtersOf(new URLSearchParams("from=A&to=B&no_disposition=true")), "Asia/Shanghai", now)).toMatchObject({ no_disposition: true });
});
