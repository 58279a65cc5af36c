/** A list of rules as a file: cut into parts that the server takes at once, with the heading on each. Pure. */

export interface Part {
  readonly text: string;
  /** What to add to a row's number in this part for its number in the file; rows count from 1, the heading being the first. */
  readonly before: number;
}

/** The rows of a CSV; a line end within quotation marks is no end of a row. */
export function rowsOf(text: string): string[] {
  const rows: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === "\n" && !quoted) {
      rows.push(text.slice(start, at).replace(/\r$/, ""));
      start = at + 1;
    }
  }
  if (start < text.length) rows.push(text.slice(start));
  return rows;
}

export function partsOf(text: string, most: number): Part[] {
  const [heading = "", ...rows] = rowsOf(text.replace(/^\ufeff/, ""));
  const parts: Part[] = [];
  for (let at = 0; at < rows.length || at === 0; at += most) parts.push({ text: [heading, ...rows.slice(at, at + most)].join("\n"), before: at });
  return parts;
}
