import { expect, it } from "vitest";
import { fitsTyped } from "./fits";

it.each([
  ["Pause recording", "", true],
  ["Pause recording", "rec pau", true],
  ["Pause recording", "pr", true],
  ["暂停录音", "录音", true],
  ["Pause recording", "hold", false],
  ["Hold", "x", false],
])("%s fits %s: %s", (text, typed, fits) => expect(fitsTyped(text, typed)).toBe(fits));
