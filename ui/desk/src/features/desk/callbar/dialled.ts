/** What somebody means who types into the dial field: a number, a colleague, a customer, somebody of before. Pure. */

export interface Suggestion {
  readonly key: string;
  readonly kind: "agent" | "customer" | "number" | "recent";
  readonly id: string;
  readonly name: string;
  /** What is dialled; of an agent the extension. */
  readonly number: string;
}

interface Agent {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
}
interface Customer {
  readonly id: string;
  readonly name: string;
  readonly numbers: readonly { readonly number: string }[];
}
interface Recent {
  readonly contact_id: string;
  readonly remote_number: string;
  readonly customer_name?: string | null;
}

const MOST = 8;

/** Full-width digits and signs as an input method writes them. */
const narrow = (text: string): string => text.replace(/[\uff01-\uff5e]/g, (it) => String.fromCharCode(it.charCodeAt(0) - 0xfee0));

/** The number that was typed, with spaces, dashes and brackets gone; empty where it is none. */
export function digitsOf(text: string): string {
  const plain = narrow(text).replace(/[\s()\-.–—]/g, "");
  return /^\+?[0-9*#]{2,20}$/.test(plain) ? plain : "";
}

function uniqueRecents(recents: readonly Recent[]): readonly Suggestion[] {
  const seen = new Map<string, Suggestion>();
  for (const it of recents) {
    if (it.remote_number && !seen.has(it.remote_number)) {
      seen.set(it.remote_number, { key: `r${it.contact_id}`, kind: "recent", id: it.contact_id, name: it.customer_name ?? "", number: it.remote_number });
    }
  }
  return [...seen.values()];
}

/** What to offer for what is typed; the last ones called or calling while nothing is. */
export function suggestions(typed: string, agents: readonly Agent[], customers: readonly Customer[], recents: readonly Recent[]): readonly Suggestion[] {
  const text = typed.trim().toLowerCase();
  if (!text) return uniqueRecents(recents).slice(0, MOST);
  const digits = digitsOf(typed);
  const colleagues = agents
    .filter((it) => it.name.toLowerCase().includes(text) || it.extension.startsWith(digits || "\0"))
    .map((it): Suggestion => ({ key: `a${it.id}`, kind: "agent", id: it.id, name: it.name, number: it.extension }));
  const exact = colleagues.filter((it) => it.number === digits);
  const number: Suggestion[] = digits && exact.length === 0 ? [{ key: `n${digits}`, kind: "number", id: "", name: "", number: digits }] : [];
  const known = customers.flatMap((it) => it.numbers.slice(0, 2).map(({ number: own }): Suggestion => ({ key: `c${it.id}${own}`, kind: "customer", id: it.id, name: it.name, number: own })));
  return [...exact, ...number, ...colleagues.filter((it) => !exact.includes(it)), ...known].slice(0, MOST);
}
