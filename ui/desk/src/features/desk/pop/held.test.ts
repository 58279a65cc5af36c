import { describe, expect, it } from "vitest";
import { contactToShow, heldOf, keepFields, write, type Held } from "./held";

const held = (person: string, contactId: string): Held => ({ person, contactId, writing: "new", fields: null });

describe("what is being written of a customer", () => {
  it("shows its contact unless a call is there, the latest first, and only to whoever wrote it", () => {
    const all = [held("a", "1"), held("a", "2"), held("b", "3")];
    expect(contactToShow("9", "a", all)).toBe("9");
    expect(contactToShow(null, "a", all)).toBe("2");
    expect(contactToShow(null, "b", all)).toBe("3");
    expect(contactToShow(null, "c", all)).toBeNull();
  });

  it("is kept until it is saved or given up, whatever is written of others", () => {
    const fields = { name: "张三", class: "normal" as const, numbers: [] };
    write("a", "1", "new");
    keepFields("a", "1", fields);
    write("a", "2", "edit");
    keepFields("b", "1", { ...fields, name: "nobody" });
    expect(heldOf("a", "1")).toEqual({ person: "a", contactId: "1", writing: "new", fields });
    expect(heldOf("b", "1")).toBeNull();
    write("a", "1", null);
    expect(heldOf("a", "1")).toBeNull();
    expect(heldOf("a", "2")?.writing).toBe("edit");
  });
});
