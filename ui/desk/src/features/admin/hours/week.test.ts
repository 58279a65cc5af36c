import { describe, expect, it } from "vitest";
import { clockOf, copied, free, fromServer, hoursOf, minutesOf, put, reaching, same, spanOf, toServer, without } from "./week";

const office = fromServer([
  { day: 1, start: "09:00", end: "12:00" },
  { day: 1, start: "13:00", end: "18:00" },
  { day: 7, start: "22:00", end: "06:00" },
]);

describe("a week of hours", () => {
  it("comes back as the server keeps it", () => {
    expect(toServer(office)).toEqual([
      { day: 1, start: "09:00", end: "12:00" },
      { day: 1, start: "13:00", end: "18:00" },
      { day: 7, start: "22:00", end: "06:00" },
    ]);
    expect(toServer(fromServer([{ day: 3, start: "00:00", end: "24:00" }]))).toEqual([{ day: 3, start: "00:00", end: "24:00" }]);
  });

  it("reads times as people write them", () => {
    expect([minutesOf("9:05"), minutesOf("0905"), minutesOf("24:00"), minutesOf("24:15"), minutesOf("9:60"), minutesOf("x")]).toEqual([545, 545, 1440, null, null, null]);
    expect([clockOf(0), clockOf(1440), clockOf(1800)]).toEqual(["00:00", "24:00", "06:00"]);
    expect(spanOf(1, "22:00", "06:00")).toEqual({ day: 1, start: 1320, end: 1800 });
    expect(spanOf(1, "09:00", "09:00")).toBeNull();
  });

  it("shows the night of Sunday on Monday", () => {
    expect([reaching(office, 1), reaching(office, 2)]).toEqual([360, 0]);
  });

  it("takes no span that overlaps, and moves one that fits", () => {
    const morning = office[0] ?? null;
    expect(put(office, null, { day: 1, start: 600, end: 700 })).toEqual(office);
    expect(toServer(put(office, morning, { day: 1, start: 480, end: 780 }))[0]).toEqual({ day: 1, start: "08:00", end: "13:00" });
    expect(put(office, morning, { day: 1, start: 480, end: 781 })).toEqual(office);
    expect(put(office, null, { day: 2, start: 60, end: 1501 })).toEqual(office);
  });

  it("copies a day, removes, and finds a free place", () => {
    const week = copied(office, 1, [2, 3, 7]);
    expect(toServer(week).filter((it) => it.day === 7)).toHaveLength(2);
    expect(week).toHaveLength(8);
    expect(without(office, office[0] ?? { day: 0, start: 0, end: 0 })).toHaveLength(2);
    expect(free(office, 2)).toEqual({ day: 2, start: 540, end: 1080 });
    expect(free(office, 1)).toEqual({ day: 1, start: 0, end: 60 });
    expect(free([{ day: 1, start: 0, end: 1440 }], 1)).toBeNull();
    expect(same(office, [...office].reverse())).toBe(true);
  });

  it("reads the hours of a special day", () => {
    expect(hoursOf("9:00-12:00，13:00–18:00")).toEqual([
      { start: "09:00", end: "12:00" },
      { start: "13:00", end: "18:00" },
    ]);
    expect([hoursOf(""), hoursOf("9-"), hoursOf("09:00-12:00 11:00-13:00"), hoursOf("9:00-10:00-11:00")]).toEqual([null, null, null, null]);
  });
});
