import { describe, expect, it } from "vitest";
import { attributesOf, draftOf, inputOf } from "./draft";

describe("a hook's form", () => {
  it("sends only what belongs to its kind, and keeps a secret that is not typed", () => {
    const draft = { ...draftOf({ kind: "none", expression: "", address: "", has_secret: false, timeout_ms: 500, active: false }), expression: "{}", address: " https://x/ " };
    expect(inputOf(draft)).toBeNull();
    expect(inputOf({ ...draft, kind: "service" })).toEqual({ kind: "service", expression: "", address: "https://x/", secret: null, timeout_ms: 500, active: true });
    expect(inputOf({ ...draft, kind: "expression" })?.expression).toBe("{}");
  });
  it("reads attributes line by line", () => {
    expect(attributesOf("region=north\n menu_choice = a=b \n\nnonsense\n=x")).toEqual({ region: "north", menu_choice: "a=b" });
  });
});
