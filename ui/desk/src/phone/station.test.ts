import { noStats, type Call, type Levels, type PhoneEvent, type SoundStats } from "@huying/softphone";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANSWER_WAIT_MS, OVERTAKEN_MS } from "./earlyAnswer";
import { AGAIN_MS, LEFT_OVER_MS, SETTLE_MS } from "./rejoin";
import type { PhoneLike } from "./phoneLike";
import { Station, type ServerSide } from "./station";

class FakePhone implements PhoneLike {
  readonly done: string[] = [];
  constructor(readonly tell: (event: PhoneEvent) => void) {}
  start = (): void => void this.done.push("start");
  stop = (): void => void this.done.push("stop");
  answer = (): void => void this.done.push("answer");
  listenTo = (contact: string): void => void this.done.push(`listen ${contact}`);
  hangUp = (): void => void this.done.push("hang-up");
  forget = (): void => void this.done.push("forget");
  setMuted = (muted: boolean): void => void this.done.push(`muted ${String(muted)}`);
  prepareMicrophone = (): Promise<boolean> => Promise.resolve(true);
  setDevices = (): Promise<void> => Promise.resolve();
  stats = (): Promise<SoundStats> => Promise.resolve(noStats);
  levels = (): Promise<Levels> => Promise.resolve({ microphone: 0, speaker: 0 });
  checkLink = (): Promise<void> => Promise.resolve(void this.done.push("check-link"));
}

const call = (phase: Call["phase"], id = "s1"): PhoneEvent => ({
  type: "call",
  call: { id, direction: "in", phase, remoteNumber: "", remoteName: "", headers: {}, automatic: false, startedAt: 0, talkingSince: null, end: null },
});
const registered: PhoneEvent = { type: "registration", state: "registered", status: 0, cause: "" };
const server = (change: Partial<ServerSide> = {}): ServerSide => ({ phase: "none", contactId: null, muted: false, feedOpen: true, ...change });

let phone: FakePhone;
let rejoins: string[];
let station: Station;

beforeEach(() => {
  vi.useFakeTimers();
  rejoins = [];
  station = new Station({
    createPhone: (onEvent) => (phone = new FakePhone(onEvent)),
    rejoin: (id) => {
      rejoins.push(id);
      return Promise.resolve();
    },
  });
  station.start();
});
afterEach(() => vi.useRealTimers());

describe("Station", () => {
  it("asks to be rung again after a refresh, once the phone is registered", () => {
    station.follow(server({ phase: "talking", contactId: "c1" }));
    vi.advanceTimersByTime(100);
    expect(rejoins).toEqual([]);
    phone.tell(registered);
    vi.advanceTimersByTime(1);
    expect(rejoins).toEqual(["c1"]);
    phone.tell(call("talking"));
    vi.advanceTimersByTime(AGAIN_MS * 3);
    expect(rejoins).toEqual(["c1"]);
  });

  it("hears the one of two calls that the server says, and asks for both after a refresh", () => {
    const of = (contact: string, phase: Call["phase"] = "talking"): PhoneEvent => {
      const event = call(phase, contact);
      return event.type === "call" ? { ...event, call: { ...event.call, headers: { "x-huying-contact": contact } } } : event;
    };
    phone.tell(registered);
    station.follow(server({ phase: "talking", contactId: "c1", second: { phase: "holding", contactId: "c2" } }));
    vi.advanceTimersByTime(1);
    expect(rejoins).toEqual(["c1", "c2"]);
    phone.tell(of("c2"));
    expect(station.status().call).toBeNull();
    phone.tell(of("c1"));
    expect(station.status().call?.id).toBe("c1");
    vi.advanceTimersByTime(AGAIN_MS * 3);
    expect(rejoins).toEqual(["c1", "c2"]);
    station.follow(server({ phase: "talking", contactId: "c2", second: { phase: "holding", contactId: "c1" } }));
    expect(phone.done.at(-1)).toBe("listen c2");
    expect(station.status().call?.id).toBe("c2");
    phone.tell(of("c2", "ended"));
    station.follow(server({ phase: "holding", contactId: "c1" }));
    expect(station.status().call?.id).toBe("c1");
  });

  it("takes a call that rings beside the one it talks in", () => {
    phone.tell(registered);
    station.follow(server({ phase: "talking", contactId: "s1" }));
    phone.tell(call("talking"));
    phone.tell(call("ringing", "s2"));
    station.answer();
    expect(phone.done).toContain("answer");
  });

  it("answers by itself after the seconds that the server says", () => {
    const ringing = call("ringing");
    if (ringing.type !== "call") return;
    phone.tell({ ...ringing, call: { ...ringing.call, headers: { "x-huying-answer-after": "3" } } });
    vi.advanceTimersByTime(2_900);
    expect(phone.done).not.toContain("answer");
    vi.advanceTimersByTime(200);
    expect(phone.done).toContain("answer");
  });

  it("leaves the call alone that the agent has taken at another device", async () => {
    let asked = 0;
    station.stop();
    station = new Station({
      createPhone: (onEvent) => (phone = new FakePhone(onEvent)),
      rejoin: () => {
        asked += 1;
        return Promise.reject(Object.assign(new Error(), { code: "on-other-device" }));
      },
    });
    phone.tell(registered);
    station.follow(server({ phase: "talking", contactId: "c1" }));
    await vi.advanceTimersByTimeAsync(AGAIN_MS * 4);
    expect(asked).toBe(1);
    station.follow(server({ phase: "lost", contactId: "c1" }));
    await vi.advanceTimersByTimeAsync(AGAIN_MS * 2);
    expect(asked).toBeGreaterThan(1);
  });

  it("does not ask once more while the feed still tells of the leg before", () => {
    phone.tell(registered);
    station.follow(server({ phase: "lost", contactId: "c1" }));
    vi.advanceTimersByTime(1);
    phone.tell(call("talking"));
    vi.advanceTimersByTime(200);
    expect(rejoins).toEqual(["c1"]);
    station.follow(server({ phase: "talking", contactId: "c1" }));
    station.follow(server({ phase: "lost", contactId: "c1" }));
    vi.advanceTimersByTime(1);
    expect(rejoins).toEqual(["c1", "c1"]);
  });

  it("asks again when nothing rings", () => {
    phone.tell(registered);
    station.follow(server({ phase: "talking", contactId: "c1" }));
    vi.advanceTimersByTime(AGAIN_MS + 10);
    expect(rejoins).toEqual(["c1", "c1"]);
  });

  it("does not ask when a call ends and the feed follows a moment later", () => {
    phone.tell(registered);
    phone.tell(call("talking"));
    station.follow(server({ phase: "talking", contactId: "c1" }));
    phone.tell(call("ended"));
    vi.advanceTimersByTime(SETTLE_MS / 2);
    station.follow(server({ phase: "after_call", contactId: "c1" }));
    vi.advanceTimersByTime(SETTLE_MS * 4);
    expect(rejoins).toEqual([]);
  });

  it("answers at once, or as soon as the call rings", () => {
    phone.tell(call("ringing"));
    station.answer();
    expect(phone.done).toContain("answer");
    phone.tell(call("ended"));
    phone.done.length = 0;
    station.answer();
    phone.tell(call("ringing", "s2"));
    expect(phone.done).toEqual(["answer"]);
  });

  it("asks for the call when it is answered at a page that was loaded anew while it rang", () => {
    station.follow(server({ phase: "ringing", contactId: "c1" }));
    station.answer();
    vi.advanceTimersByTime(OVERTAKEN_MS + 10);
    expect(rejoins).toEqual([]);
    phone.tell(registered);
    vi.advanceTimersByTime(OVERTAKEN_MS);
    expect(rejoins).toEqual(["c1"]);
    phone.tell(call("talking"));
    station.follow(server({ phase: "talking", contactId: "c1" }));
    vi.advanceTimersByTime(ANSWER_WAIT_MS * 2);
    expect(rejoins).toEqual(["c1"]);
  });

  it("forgets an early answer after a while", () => {
    station.answer();
    vi.advanceTimersByTime(10_000);
    phone.tell(call("ringing"));
    expect(phone.done).not.toContain("answer");
  });

  it("ends a session that belongs to no call", () => {
    station.follow(server());
    phone.tell(call("talking"));
    vi.advanceTimersByTime(LEFT_OVER_MS - 10);
    expect(phone.done).not.toContain("hang-up");
    vi.advanceTimersByTime(20);
    expect(phone.done).toContain("hang-up");
  });

  it("leaves a session alone when the feed tells of its call in time", () => {
    station.follow(server());
    phone.tell(call("talking"));
    vi.advanceTimersByTime(LEFT_OVER_MS - 10);
    station.follow(server({ phase: "talking", contactId: "c1" }));
    vi.advanceTimersByTime(LEFT_OVER_MS * 2);
    expect(phone.done).not.toContain("hang-up");
  });

  it("keeps the newer session when the replaced one is told as ended", () => {
    phone.tell(call("talking", "old"));
    phone.tell(call("talking", "new"));
    phone.tell(call("ended", "old"));
    expect(station.status().call?.id).toBe("new");
  });

  it("gives the telephone up without ending the conversation", () => {
    phone.tell(call("talking"));
    station.stop();
    expect(phone.done).toEqual(["start", "forget", "stop"]);
  });

  it("follows mute and looks after the link when the feed breaks", () => {
    station.follow(server({ muted: true }));
    station.follow(server({ muted: true, feedOpen: false }));
    expect(phone.done).toEqual(["start", "muted true", "check-link"]);
  });
});
