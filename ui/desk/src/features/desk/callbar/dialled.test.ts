import { describe, expect, it } from "vitest";
import { digitsOf, suggestions } from "./dialled";

const agents = [
  { id: "1", name: "王伟", extension: "8002" },
  { id: "2", name: "Grace Turner", extension: "8003" },
];

describe("what is typed", () => {
  it.each([
    ["138 1234-5678", "13812345678"],
    ["+86 (138) 1234 5678", "+8613812345678"],
    ["１３８１２３４５６７８", "13812345678"],
    ["王伟", ""],
    ["1", ""],
  ])("%s is the number %s", (text, number) => expect(digitsOf(text)).toBe(number));
});

describe("suggestions", () => {
  it("are the last ones while nothing is typed, each number once", () => {
    const recents = [
      { contact_id: "a", remote_number: "+8613800000001", customer_name: "陈" },
      { contact_id: "b", remote_number: "+8613800000001" },
      { contact_id: "c", remote_number: "" },
    ];
    expect(suggestions(" ", agents, [], recents).map((it) => it.name)).toEqual(["陈"]);
  });

  it("begin with the colleague whose extension it is, instead of a number", () => {
    expect(suggestions("8002", agents, [], []).map((it) => it.kind)).toEqual(["agent"]);
    expect(suggestions("800", agents, [], []).map((it) => it.kind)).toEqual(["number", "agent", "agent"]);
  });

  it("find by name", () => {
    const customers = [{ id: "k", name: "Grace Lee", numbers: [{ number: "+8613900000000" }] }];
    expect(suggestions("grace", agents, customers, []).map((it) => it.name)).toEqual(["Grace Turner", "Grace Lee"]);
  });
});
