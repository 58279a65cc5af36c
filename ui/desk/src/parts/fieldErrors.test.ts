import { ApiError } from "@huying/api";
import { expect, it } from "vitest";
import { fieldErrors } from "./fieldErrors";

it("finds the fields that a refusal speaks of", () => {
  expect(fieldErrors(new ApiError(422, "invalid-input", "A customer needs a name.", { field: "name" }))).toEqual([
    { path: ["name"], code: "invalid-input", message: "A customer needs a name." },
  ]);
  expect(fieldErrors(new ApiError(422, "fields-wrong", "See.", { fields: ["fields.birthday"], problems: { birthday: "not-a-date" } }))).toEqual([
    { path: ["fields", "birthday"], code: "not-a-date", message: "See." },
  ]);
  expect(fieldErrors(new ApiError(422, "invalid-input", "See.", { fields: [{ field: "body.numbers.0.number", message: "too short" }] }))).toEqual([
    { path: ["numbers", 0, "number"], code: "", message: "too short" },
  ]);
  expect(fieldErrors(new ApiError(409, "number-taken", "Taken."))).toEqual([]);
  expect(fieldErrors(new Error("x"))).toEqual([]);
});
