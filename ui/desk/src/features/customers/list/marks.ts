/** Which parts of a text the typed words met, for marking them. Pure. */

export interface Piece {
  readonly text: string;
  readonly met: boolean;
}

/** The text in pieces; what a word met is marked, whatever case it is in. */
export function marked(text: string, typed: string): readonly Piece[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const low = text.toLowerCase();
  const met = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1)) met.fill(true, at, at + word.length);
  }
  return pieces(text, met);
}

/** A number as it is read (+86 138 0013 8000), marked by its digits however they were typed. */
export function markedNumber(shown: string, typed: string): readonly Piece[] {
  const digits = shown.split("").flatMap((it, place) => (/\d/.test(it) ? [{ it, place }] : []));
  const plain = digits.map(({ it }) => it).join("");
  const met = new Array<boolean>(shown.length).fill(false);
  for (const word of typed.split(/\s+/)) {
    const wanted = word.replace(/\D/g, "").replace(/^0+(?=\d{3})/, "");
    if (wanted.length < 3) continue;
    const at = plain.indexOf(wanted);
    if (at >= 0) met.fill(true, digits[at]?.place ?? 0, (digits[at + wanted.length - 1]?.place ?? -1) + 1);
  }
  return pieces(shown, met);
}

function pieces(text: string, met: readonly boolean[]): readonly Piece[] {
  const found: { text: string; met: boolean }[] = [];
  let place = 0;
  for (const letter of text) {
    const last = found[found.length - 1];
    if (last && last.met === met[place]) last.text += letter;
    else found.push({ text: letter, met: met[place] ?? false });
    place += letter.length;
  }
  return found;
}
