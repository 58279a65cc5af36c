import { describe, expect, it } from "vitest";
import { partsOf, rowsOf } from "./sheet";

describe("a list of rules", () => {
  it("keeps line ends within quotation marks", () => {
    expect(rowsOf('a,b\r\n1,"x\ny"\n2,"say ""hi"""\n')).toEqual(["a,b", '1,"x\ny"', '2,"say ""hi"""']);
  });
  it("is cut into parts with the heading on each", () => {
    expect(partsOf("\ufeffh\n1\n2\n3", 2)).toEqual([
      { text: "h\n1\n2", before: 0 },
      { text: "h\n3", before: 2 },
    ]);
    expect(partsOf("", 2)).toEqual([{ text: "", before: 0 }]);
  });
});
