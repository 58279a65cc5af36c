import { describe, expect, it } from "vitest";
import { filled, happenings, type Shot } from "./happenings";
import { placeOf } from "./place";

const shot = (phase: Shot["phase"], contactId: string | null = phase === "none" ? null : "c", muted = false): Shot => ({ phase, contactId, muted, status: null });
const names = (before: Shot, after: Shot): string[] => happenings(before, after).map((it) => it.name);

describe("events of the desk API", () => {
  it("tells a call from its ringing to the end of the work after it", () => {
    const day = [shot("none"), shot("ringing"), shot("talking"), shot("holding"), shot("talking"), shot("talking", "c", true), shot("after_call"), shot("none")];
    const told = day.slice(1).map((after, index) => names(day[index] as Shot, after));
    expect(told).toEqual([["ringing"], ["answered"], ["held"], ["resumed"], ["muted"], ["ended", "after_call"], ["finished"]]);
  });

  it("says that a call which was not answered has ended", () => {
    expect(happenings(shot("ringing"), shot("none"))).toEqual([{ name: "ended", contactId: "c", answered: false }]);
    expect(happenings(shot("talking"), shot("none"))).toEqual([{ name: "ended", contactId: "c", answered: true }]);
  });

  it("ends one call before the next", () => {
    expect(happenings(shot("after_call", "a"), shot("ringing", "b"))).toEqual([
      { name: "finished", contactId: "a" },
      { name: "ringing", contactId: "b" },
    ]);
    expect(names(shot("talking", "a"), shot("talking", "b"))).toEqual(["ended", "answered"]);
  });

  it("tells of another status, and of nothing when all is the same", () => {
    const ready = { signed_in: true, status: "ready", reason: "", state: "idle" } as const;
    expect(names({ ...shot("none"), status: ready }, { ...shot("none"), status: { ...ready } })).toEqual([]);
    expect(names(shot("none"), { ...shot("none"), status: ready })).toEqual(["status"]);
  });

  it("fills an address without letting a value out of its place", () => {
    expect(filled("https://crm.example/?t={number}&c={customer_code}", { number: "+86 10&x=1#" })).toBe("https://crm.example/?t=%2B86%2010%26x%3D1%23&c=");
  });

  it("knows the frame and the window from the desk", () => {
    expect(placeOf("/embed/acme")).toEqual({ kind: "frame", business: "acme" });
    expect(placeOf("/embed/acme/sign-in")).toEqual({ kind: "window", business: "acme" });
    expect(placeOf("/desk")).toEqual({ kind: "desk" });
  });
});
