import { describe, expect, it } from "vitest";

import { advance, idle, type News, type Progress } from "./progress";
import { clock, nearestLanguage, text } from "./texts";

const after = (...news: News[]): Progress =>
  news.reduce((progress, it, index) => advance(progress, it, 1000 * (index + 1)), idle);
const reported = (state: string, place = 0, cause = ""): News => ({ type: "reported", state, place, cause });
const calling: News[] = [{ type: "begin" }, { type: "microphone-ready" }];
const standing: News[] = [...calling, { type: "established" }];

describe("a visitor's call", () => {
  it("goes from the microphone through menu and queue to a conversation and its end", () => {
    expect(after({ type: "begin" }).stage).toBe("asking");
    expect(after(...calling).stage).toBe("connecting");
    expect(after(...standing)).toMatchObject({ stage: "menu", establishedAt: 3000 });
    expect(after(...standing, reported("waiting", 2))).toMatchObject({ stage: "waiting", place: 2 });
    expect(after(...standing, reported("ringing"))).toMatchObject({ stage: "waiting", detail: "ringing" });
    expect(after(...standing, reported("waiting", 2), reported("talking"))).toMatchObject({ stage: "talking", place: 0 });
    expect(after(...standing, reported("talking"), { type: "ended" })).toMatchObject({ stage: "ended", endedAt: 5000 });
  });

  it("waits for its own telephone before it believes the centre's progress", () => {
    expect(after(...calling, reported("waiting", 1)).stage).toBe("connecting");
  });

  it("ends when the centre says so, and says why if the line was lost", () => {
    expect(after(...standing, reported("ended", 0, "engine_lost"))).toMatchObject({ stage: "ended", detail: "lost" });
    expect(after(...standing, { type: "link", up: false }, reported("ended"))).toMatchObject({ stage: "ended", linkDown: false });
  });

  it("tells a call that never stood from one that ended", () => {
    expect(after(...calling, { type: "ended" })).toMatchObject({ stage: "failed", problem: "busy" });
    expect(after({ type: "begin" }, { type: "failed", problem: "denied" })).toMatchObject({ stage: "failed", problem: "denied" });
  });

  it("cannot come back after its end, but a new one can begin", () => {
    const over = after(...standing, { type: "hung-up" });
    expect(over).toMatchObject({ stage: "ended", detail: "by-self" });
    expect(advance(over, reported("talking"), 9)).toBe(over);
    expect(advance(over, { type: "begin" }, 9)).toMatchObject({ stage: "asking", endedAt: null });
  });

  it("keeps the page that the agent sent, also when the call is over", () => {
    const sent: News = { type: "reported", state: "talking", place: 0, cause: "", article: "/public/articles/x" };
    const over = after(...standing, sent, reported("talking"), { type: "hung-up" });
    expect(over.article).toBe("/public/articles/x");
    expect(advance(over, { type: "begin" }, 9).article).toBe("");
  });

  it("shrugs at states it does not know", () => {
    expect(after(...standing, reported("dancing")).stage).toBe("menu");
  });
});

describe("texts", () => {
  it("fill values in and know the clock", () => {
    expect(text("en", "waitingPlace", { place: 3 })).toBe("You are number 3 in the queue");
    expect(text("zh-CN", "waitingPlace", { place: 3 })).toContain("第 3 位");
    expect([clock(0), clock(65_000), clock(3_725_000)]).toEqual(["00:00", "01:05", "1:02:05"]);
    expect([nearestLanguage("zh-TW"), nearestLanguage("de")]).toEqual(["zh-CN", "en"]);
  });
});
