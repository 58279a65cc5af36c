import type { Customer } from "@huying/api";
import { describe, expect, it } from "vitest";
import { changeOf, fieldsOf, newCustomer } from "./input";

const WANG: Customer = {
  id: "1",
  name: "王小明",
  code: "C1",
  class: "gold",
  company: { id: "c", name: "海川", role: "" },
  language: "",
  note: "",
  numbers: [{ number: "+8613800138000", label: "mobile", main: true, do_not_call: null }],
  emails: [
    { email: "a@x.cn", label: "work" },
    { email: "b@x.cn", label: "" },
  ],
  addresses: [
    { kind: "office", province: "广东省", city: "深圳市", district: "", street: "科技园1号", postcode: "", default: true },
    { kind: "home", province: "", city: "", district: "", street: "东街2号", postcode: "", default: false },
  ],
  tags: [],
  consents: [],
  do_not_call: null,
  warnings: [{ id: "w", text: "慢一点说", level: "warning", until: null, at: "2026-01-01T00:00:00Z", person_id: null, active: true }],
  fields: {},
  address: "广东省深圳市科技园1号",
  email: "a@x.cn",
  warning: "慢一点说",
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

describe("the short form of a customer", () => {
  it("changes nothing when nothing was written", () => {
    expect(changeOf(WANG, fieldsOf(WANG))).toEqual({ share_numbers: false });
  });

  it("names only what changed, and keeps the parts it does not show", () => {
    const change = changeOf(WANG, { ...fieldsOf(WANG), email: "c@x.cn", address: "新街3号", warning: "", company: " " });
    expect(change.emails).toEqual([
      { email: "c@x.cn", label: "work" },
      { email: "b@x.cn", label: "" },
    ]);
    expect(change.addresses?.map((it) => [it.kind, it.street, it.default])).toEqual([
      ["office", "新街3号", true],
      ["home", "东街2号", false],
    ]);
    expect([change.warnings, change.company, change.name, change.numbers]).toEqual([[], null, undefined, undefined]);
  });

  it("leaves out what a new customer does not have", () => {
    expect(newCustomer({ name: " 李娜 ", numbers: [{ number: "13800138000" }, { number: " " }] })).toEqual({
      share_numbers: false,
      name: "李娜",
      class: "normal",
      numbers: [{ number: "13800138000", label: "", main: false }],
    });
  });
});
