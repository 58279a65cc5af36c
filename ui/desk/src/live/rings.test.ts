import { expect, it } from "vitest";
import { newContacts } from "./rings";

it("knows which contacts a change brought", () => {
  expect(newContacts({ agent: {}, "contact:a": {} }, { agent: {}, "contact:a": {}, "contact:b": {} })).toEqual([["b", {}]]);
  expect(newContacts({}, { agent: {} })).toEqual([]);
});
