import { expect, it } from "vitest";
import { addressLine } from "./address";

it("writes addresses as people of the place do", () => {
  expect(addressLine({ province: "\u5317\u4eac\u5e02", city: "\u5317\u4eac\u5e02", district: "\u6d77\u6dc0\u533a", street: "\u4e1c\u88571\u53f7" })).toBe("\u5317\u4eac\u5e02\u6d77\u6dc0\u533a\u4e1c\u88571\u53f7");
  expect(addressLine({ province: "Bavaria", city: "Munich", street: "Elm Street 1" })).toBe("Elm Street 1, Munich, Bavaria");
  expect(addressLine({})).toBe("");
});
