import { describe, expect, it } from "vitest";
import { agentsIn, memberChanges, withLevel, withMembers } from "./members";

const MEMBERS = [
  { agent_id: "a", level: 5 },
  { agent_id: "b", level: 3 },
];

describe("members", () => {
  it("are added once, and keep the level they have", () => {
    expect(withMembers(MEMBERS, ["b", "c"], 7)).toEqual([...MEMBERS, { agent_id: "c", level: 7 }]);
  });

  it("tell who came, who went and whose level is another", () => {
    const after = withLevel(withMembers(MEMBERS.slice(1), ["c"], 7), "b", 9);
    expect(memberChanges(MEMBERS, after)).toEqual({ added: ["c"], removed: ["a"], changed: ["b"] });
    expect(memberChanges(MEMBERS, MEMBERS)).toEqual({ added: [], removed: [], changed: [] });
  });

  it("are found by extension and by name in a pasted list", () => {
    const agents = [
      { id: "1", name: "李秀英", extension: "8001" },
      { id: "2", name: "Bo Li", extension: "8002" },
    ];
    expect(agentsIn("8001\nbo li，8001\t\n9999", agents)).toEqual({ found: ["1", "2"], unknown: ["9999"] });
  });
});
