import { describe, expect, it } from "vitest";
import { choose, objection, percentOf } from "./columns";

const TARGETS = [
  { code: "name", group: "basics", many: false },
  { code: "mobile", group: "numbers", many: true },
];

describe("columns of an import", () => {
  it("give up a target that another column takes, unless there may be many", () => {
    expect(choose(["name", "", "mobile"], 1, "name", TARGETS)).toEqual(["", "name", "mobile"]);
    expect(choose(["name", "", "mobile"], 1, "mobile", TARGETS)).toEqual(["name", "mobile", "mobile"]);
    expect(choose(["name", "", ""], 0, "", TARGETS)).toEqual(["", "", ""]);
  });

  it("must recognise customers, and name new ones", () => {
    expect(objection(["", ""], "none", "create")).toBe("nothing");
    expect(objection(["name"], "code_or_number", "update")).toBe("match");
    expect(objection(["name"], "code_or_number", "create")).toBeNull();
    expect(objection(["mobile"], "number", "create")).toBe("name");
    expect(objection(["mobile"], "number", "update")).toBeNull();
    expect(objection(["name", "mobile"], "code", "skip")).toBe("match");
    expect(objection(["name", "code"], "code", "skip")).toBeNull();
    expect(objection(["code"], "none", "update")).toBe("name");
  });

  it("are done when they are done", () => {
    expect(percentOf({ to_do: 0, done: 0 })).toBe(0);
    expect(percentOf({ to_do: 1000, done: 999 })).toBe(99);
    expect(percentOf({ to_do: 3, done: 3 })).toBe(100);
  });
});
