import { describe, expect, it } from "vitest";
import { joins, ownCapacity, turned } from "./joins";

describe("interruptions", () => {
  const usual = { call: ["task", "email"], chat: ["chat"] };

  it("turn one cell round and leave the others", () => {
    const more = turned(usual, "chat", "email");
    expect(more.chat).toEqual(["chat", "email"]);
    expect(more.call).toEqual(["email", "task"]);
    expect(more.fax).toEqual([]);
    expect(turned(more, "chat", "email").chat).toEqual(["chat"]);
    expect(joins(more, "chat", "email")).toBe(true);
    expect(joins(more, "email", "chat")).toBe(false);
  });
});

describe("capacity", () => {
  it("is an agent's own only where it differs from the usual", () => {
    expect(ownCapacity({ call: 1, chat: 5, email: null, task: 0 }, { chat: 3, email: 2 })).toEqual({ chat: 5, task: 0 });
  });
});
