import { describe, expect, it } from "vitest";
import { entered, explained } from "./explained";

describe("what the journal says of a decision", () => {
  it("is read with its step, counts and the next ones", () => {
    const explanation = {
      rule: "highest_level",
      idle_seconds: 12.5,
      passed_over: { on_break: 1, skill: 3 },
      nearest: [{ agent_id: "a2", idle_seconds: 4, why_not: "ranked_lower" }],
      step: { after_seconds: 20, groups: ["g"], need: { en: 4 } },
    };
    expect(explained({ explanation })).toEqual({
      rule: "highest_level",
      idleSeconds: 12.5,
      wanted: "",
      step: { afterSeconds: 20, groups: ["g"], need: [["en", 4]] },
      passedOver: [["skill", 3], ["on_break", 1]],
      nearest: [{ agentId: "a2", idleSeconds: 4 }],
    });
  });
  it("is read of wanted persons and of old offers", () => {
    expect(explained({ explanation: { rule: "wanted", wanted: "last_agent", idle_seconds: 6.4e10 } })).toMatchObject({ wanted: "last_agent", idleSeconds: null, step: null, nearest: [], passedOver: [] });
    expect(explained({ explanation: {} })).toBeNull();
    expect(explained({})).toBeNull();
  });
  it("is read of queue entries", () => {
    const data = { notes: ["vip", "hook_failed:time_out"], wanted: [{ agent_id: "a", seconds: 30, why: "last_agent" }], head_start_seconds: 300, rank: 0, needs: { en: 5 } };
    expect(entered(data)).toEqual({
      notes: [{ code: "vip", detail: "" }, { code: "hook_failed", detail: "time_out" }],
      wanted: [{ agentId: "a", seconds: 30, why: "last_agent" }],
      headStart: 300,
      rank: 0,
      needs: [["en", 5]],
    });
    expect(entered({})).toEqual({ notes: [], wanted: [], headStart: 0, rank: 0, needs: [] });
  });
});
