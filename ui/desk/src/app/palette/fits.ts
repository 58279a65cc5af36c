/** Whether a text fits what is typed: each typed word somewhere in it, or the first letters of its words. Pure. */

export function fitsTyped(text: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return true;
  const plain = text.toLowerCase();
  if (wanted.split(/\s+/).every((it) => plain.includes(it))) return true;
  const initials = plain.split(/[\s:,]+/).map((it) => it[0] ?? "").join("");
  return wanted.length > 1 && initials.startsWith(wanted);
}
