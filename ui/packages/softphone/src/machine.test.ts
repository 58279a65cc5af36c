import { describe, expect, it } from "vitest";

import type { Effect, Input, PhoneState } from "./inputs";
import { currentCall, initialState, step } from "./machine";

const NOW = 1_000_000;

function run(inputs: readonly Input[], from: PhoneState = initialState): { state: PhoneState; effects: Effect[] } {
  let state = from;
  let effects: Effect[] = [];
  inputs.forEach((input, index) => {
    const result = step(state, input, NOW + index);
    state = result.state;
    effects = [...result.effects];
  });
  return { state, effects };
}

const up: Input[] = [{ type: "start" }, { type: "link-connecting", attempt: 0 }, { type: "link-up" }, { type: "registered" }];

function invited(id: string, automatic = false): Input {
  return { type: "invited", id, number: "13800000000", name: "", headers: {}, automatic };
}

const kinds = (effects: readonly Effect[]) => effects.filter((it) => it.type !== "publish").map((it) => it.type);

describe("link and registration", () => {
  it("connects once", () => {
    expect(kinds(run([{ type: "start" }]).effects)).toEqual(["connect"]);
    expect(kinds(run([{ type: "start" }, { type: "start" }]).effects)).toEqual([]);
  });

  it("tries to register again, later each time, and forgets the failures once it worked", () => {
    const failed: Input = { type: "registration-failed", status: 503, cause: "x" };
    const waits = [1, 2, 3, 9].map((times) => {
      const { effects } = run([...up, ...Array<Input>(times).fill(failed)]);
      return effects.find((it) => it.type === "register-later")?.seconds;
    });
    expect(waits).toEqual([1, 2, 4, 20]);
    const { effects } = run([...up, failed, failed, { type: "registered" }, failed]);
    expect(effects).toContainEqual({ type: "register-later", seconds: 1 });
  });

  it("loses the registration with the link, but no call that stands", () => {
    const { state } = run([...up, invited("a"), { type: "answer" }, { type: "established", id: "a" }, { type: "link-down" }]);
    expect(state.registration).toBe("none");
    expect(currentCall(state)?.phase).toBe("talking");
  });
});

describe("a call that comes in", () => {
  it("rings, is answered, talks, ends", () => {
    const { state, effects } = run([...up, invited("a"), { type: "answer" }]);
    expect(kinds(effects)).toEqual(["answer"]);
    expect(currentCall(state)?.phase).toBe("answering");
    const talking = run([{ type: "established", id: "a" }], state);
    expect(currentCall(talking.state)).toMatchObject({ phase: "talking", talkingSince: NOW });
    const ended = run([{ type: "over", id: "a", by: "them", status: 0, cause: "Terminated" }], talking.state);
    expect(ended.state.calls).toEqual([]);
    expect(kinds(ended.effects)).toEqual(["release-microphone"]);
  });

  it("rings beside one that talks, stands beside it, and each can be heard", () => {
    const of = (id: string, contact: string, automatic = false): Input => ({ ...invited(id, automatic), headers: { "x-huying-contact": contact } }) as Input;
    const both = run([...up, of("a", "A"), { type: "answer" }, { type: "established", id: "a" }, of("b", "B")]);
    expect(kinds(both.effects)).toEqual([]);
    const answered = run([{ type: "answer" }], both.state);
    expect(answered.effects).toContainEqual({ type: "answer", id: "b" });
    const second = run([{ type: "established", id: "b" }], answered.state);
    expect(second.state.calls.map((it) => it.id)).toEqual(["a", "b"]);
    expect(run([of("c", "C")], second.state).effects).toEqual([{ type: "refuse", id: "c", status: 486 }]);
    const back = run([{ type: "listen", contact: "A" }], second.state);
    expect(back.effects).toEqual([{ type: "listen", id: "a" }]);
    expect(currentCall(back.state)?.id).toBe("a");
    const again = run([of("a2", "A", true), { type: "established", id: "a2" }], back.state);
    expect(again.state.calls.map((it) => it.id)).toEqual(["b", "a2"]);
    const left = run([{ type: "over", id: "a2", by: "them", status: 0, cause: "Terminated" }], again.state);
    expect(left.effects).toContainEqual({ type: "listen", id: "b" });
  });

  it("is refused as busy beside another", () => {
    const { state, effects } = run([...up, invited("a"), invited("b")]);
    expect(effects).toEqual([{ type: "refuse", id: "b", status: 486 }]);
    expect(state.calls.map((it) => it.id)).toEqual(["a"]);
  });

  it("is declined when hung up while ringing", () => {
    const { state, effects } = run([...up, invited("a"), { type: "hang-up" }]);
    expect(effects[0]).toEqual({ type: "refuse", id: "a", status: 603 });
    expect(state.calls).toEqual([]);
  });

  it("cannot be answered twice", () => {
    expect(run([...up, invited("a"), { type: "answer" }, { type: "answer" }]).effects).toEqual([]);
  });
});

describe("being put back into a conversation", () => {
  const talking: Input[] = [...up, invited("old"), { type: "answer" }, { type: "established", id: "old" }];

  it("answers by itself and drops the older leg silently once the new one stands", () => {
    const joined = run([...talking, invited("new", true)]);
    expect(kinds(joined.effects)).toEqual(["answer"]);
    const { state, effects } = run([{ type: "established", id: "new" }], joined.state);
    expect(kinds(effects)).toEqual(["drop", "apply-mute"]);
    expect(effects[0]).toEqual({ type: "drop", id: "old" });
    expect(state.calls.map((it) => it.id)).toEqual(["new"]);
  });

  it("keeps the older leg when the new one fails", () => {
    const { state } = run([...talking, invited("new", true), { type: "over", id: "new", by: "fault", status: 0, cause: "x" }]);
    expect(state.calls.map((it) => it.id)).toEqual(["old"]);
  });

  it("stays muted", () => {
    const { effects } = run([
      ...talking,
      { type: "mute", muted: true },
      invited("new", true),
      { type: "established", id: "new" },
    ]);
    expect(effects).toContainEqual({ type: "apply-mute", muted: true });
  });
});

describe("hanging up", () => {
  it("says BYE on a link that stands and says nothing on a broken one", () => {
    const talking: Input[] = [...up, { type: "call", id: "a", target: "x" }, { type: "established", id: "a" }];
    expect(kinds(run([...talking, { type: "hang-up" }]).effects)).toEqual(["end", "release-microphone"]);
    const broken = run([...talking, { type: "link-down" }, { type: "hang-up" }]);
    expect(kinds(broken.effects)).toEqual(["drop", "release-microphone"]);
    const last = broken.effects.find((it) => it.type === "publish" && it.event.type === "call");
    expect(last).toMatchObject({ event: { call: { end: { told: false } } } });
  });

  it("does nothing without a call, and late news of a call that is gone changes nothing", () => {
    expect(run([...up, { type: "hang-up" }]).effects).toEqual([]);
    const { state } = run(up);
    const late: Input[] = [
      { type: "established", id: "gone" },
      { type: "progressed", id: "gone" },
      { type: "over", id: "gone", by: "them", status: 0, cause: "" },
    ];
    for (const input of late) expect(step(state, input, NOW)).toEqual({ state, effects: [] });
  });

  it("ends everything on stop", () => {
    const { state, effects } = run([...up, invited("a"), { type: "answer" }, { type: "established", id: "a" }, { type: "stop" }]);
    expect(kinds(effects)).toEqual(["end", "release-microphone", "disconnect"]);
    expect(state.wanted).toBe(false);
  });
});
