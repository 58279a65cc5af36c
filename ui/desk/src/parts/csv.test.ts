import { expect, it } from "vitest";
import { toCsv } from "./csv";

it("quotes what must be quoted and defuses formulas", () => {
  expect(toCsv(["a", "b"], [['x,"y"', 3], ["=1+1", null], ["+86138", "洗衣机"]])).toBe('\ufeffa,b\r\n"x,""y""",3\r\n\'=1+1,\r\n\'+86138,洗衣机\r\n');
});
