import type { AddressEntry, Customer, DirectoryRow, OwnTarget, QueueRow } from "@huying/api";
import { describe, expect, it } from "vitest";
import { nameOfNumber, sameNumber, sectionsOf, typedNumber, type Known, type TargetKind } from "./rank";

const ALL: ReadonlySet<TargetKind> = new Set(["agent", "queue", "flow", "number"]);
const agent = (agent_id: string, state: string, signed_in = true) =>
  ({ agent_id, signed_in, state, status: "ready", reachable: true, groups: [], since: null, status_since: null, reason: "", name: agent_id, extension: "" }) as unknown as DirectoryRow;
const own = (more: Partial<OwnTarget>): OwnTarget => ({ kind: "number", id: "", number: "", label: "", favourite: false, key: null, used_at: null, ...more });
const place = (id: string, name: string, search: string) => ({ id, code: id, name: { en: name }, number: "", search });

const known: Known = {
  directory: {
    colleagues: [
      { id: "me", name: "我", extension: "8000", groups: [], search: "我 w 8000" },
      { id: "busy", name: "王芳", extension: "8001", groups: [], search: "王芳 wangfang wf 8001" },
      { id: "free", name: "王强", extension: "8002", groups: [], search: "王强 wangqiang wq 8002" },
      { id: "away", name: "李娜", extension: "8003", groups: [], search: "李娜 lina ln 8003" },
    ],
    queues: [place("q1", "Repair", "repair r")],
    flows: [place("f1", "Service menu", "service menu sm")],
    groups: [],
  },
  agents: [agent("busy", "talking"), agent("free", "idle"), agent("away", "idle", false)],
  queues: [{ queue_id: "q1", waiting: 3, ready: 1, signed_in: 2 } as QueueRow],
  own: [],
  entries: [{ id: "e1", name: "海川物流", number: "+862155550101", other_number: "8099", organisation: "海川" } as AddressEntry],
  customers: [{ name: "张三", company: "", numbers: [{ number: "+8613800138000", label: "" }] } as unknown as Customer],
  local: (name) => name.en ?? "",
  me: "me",
};
const labels = (typed: string, of: Known = known, kinds = ALL) => sectionsOf(typed, of, kinds).map((it) => [it.name, it.rows.map((row) => row.target.label)]);

describe("what is found", () => {
  it("shows who can answer first, and never oneself", () => {
    expect(labels("wq")[0]).toEqual(["colleagues", ["王强"]]);
    expect(labels("w").find(([name]) => name === "colleagues")?.[1]).toEqual(["王强", "王芳"]);
    expect(labels("").find(([name]) => name === "colleagues")?.[1]).toEqual(["王强", "王芳", "李娜"]);
  });

  it("puts one's own targets first, under the names they have now", () => {
    const mine = [own({ number: "10086", label: "移动", used_at: "2026-01-01" }), own({ kind: "agent", id: "busy", label: "old", favourite: true }), own({ kind: "agent", id: "gone", favourite: true })];
    expect(labels("", { ...known, own: mine }).slice(0, 2)).toEqual([
      ["favourites", ["王芳"]],
      ["recent", ["移动"]],
    ]);
  });

  it("says how queues stand and finds flows", () => {
    expect(sectionsOf("rep", known, ALL)[0]?.rows[0]?.queue).toMatchObject({ waiting: 3, ready: 1 });
    expect(labels("menu")).toContainEqual(["flows", ["Service menu"]]);
    expect(labels("menu", known, new Set<TargetKind>(["agent"]))).toEqual([]);
  });

  it("takes an extension for the colleague and another number for a number", () => {
    expect(labels("8002")[0]).toEqual(["colleagues", ["王强"]]);
    expect(labels("800").map(([name]) => name)).toContain("dial");
    expect(labels("138 0013 8000")[0]).toEqual(["dial", ["张三"]]);
  });
});

describe("numbers", () => {
  it("are seen as people type them", () => {
    expect(typedNumber("(021) 5555-0101")).toBe("02155550101");
    expect(typedNumber("+86 138")).toBe("+86138");
    expect(typedNumber("王芳")).toBeNull();
    expect(typedNumber("8")).toBeNull();
  });

  it("are the same with and without their prefix", () => {
    expect(sameNumber("021-5555-0101", "+862155550101")).toBe(true);
    expect(sameNumber("8001", "+862155558001")).toBe(false);
    expect(sameNumber("", "")).toBe(false);
  });

  it("are recognised", () => {
    expect(nameOfNumber("02155550101", known)).toBe("海川物流");
    expect(nameOfNumber("8003", known)).toBe("李娜");
    expect(nameOfNumber("8099", known)).toBe("海川物流");
    expect(nameOfNumber("12345678", known)).toBe("");
  });
});
