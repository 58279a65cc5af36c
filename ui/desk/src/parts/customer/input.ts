/** A customer as the short form shows it, and what of it changed. Pure. */
import type { Customer, CustomerChange, CustomerInput } from "@huying/api";

export interface ShortFields {
  readonly name: string;
  readonly class?: Customer["class"];
  readonly numbers?: readonly { readonly number: string; readonly label?: string; readonly main?: boolean }[];
  readonly company?: string;
  readonly language?: string;
  readonly email?: string;
  readonly address?: string;
  readonly warning?: string;
  readonly note?: string;
}

/** The fields of the form; parts that have a place of their own (further addresses and mails) are not shown here. */
export function fieldsOf(customer: Customer): ShortFields {
  return {
    name: customer.name,
    class: customer.class,
    numbers: customer.numbers.map(({ number, label, main }) => ({ number, label, main })),
    company: customer.company?.name ?? "",
    language: customer.language,
    email: customer.emails[0]?.email ?? "",
    address: customer.addresses.length === 0 ? "" : customer.address,
    warning: customer.warnings.find((it) => it.active && it.level === "warning")?.text ?? "",
    note: customer.note,
  };
}

const tidy = (text: string | undefined): string => (text ?? "").trim();
const numbersOf = (fields: ShortFields) => (fields.numbers ?? []).filter((it) => tidy(it.number) !== "").map((it) => ({ number: it.number, label: it.label ?? "", main: it.main ?? false }));

/** A new customer out of the form. */
export function newCustomer(fields: ShortFields): CustomerInput {
  return {
    share_numbers: false,
    name: tidy(fields.name),
    class: fields.class ?? "normal",
    numbers: numbersOf(fields),
    ...(tidy(fields.company) ? { company: { name: tidy(fields.company) } } : {}),
    ...(fields.language ? { language: fields.language } : {}),
    ...(tidy(fields.email) ? { emails: [{ email: tidy(fields.email), label: "" }] } : {}),
    ...(tidy(fields.address) ? { addresses: [addressOf(tidy(fields.address))] } : {}),
    ...(tidy(fields.warning) ? { warnings: [{ text: tidy(fields.warning), level: "warning" as const }] } : {}),
    ...(tidy(fields.note) ? { note: tidy(fields.note) } : {}),
  };
}

const addressOf = (street: string) => ({ kind: "home" as const, province: "", city: "", district: "", street, postcode: "", default: true });

/** What the form changed of a customer; parts that are as they were are not named, so that they stay. */
export function changeOf(customer: Customer, fields: ShortFields): CustomerChange {
  const before = fieldsOf(customer);
  const changed = (name: "company" | "email" | "address" | "warning" | "note" | "language"): boolean => tidy(before[name]) !== tidy(fields[name]);
  const numbers = numbersOf(fields);
  return {
    share_numbers: false,
    ...(tidy(fields.name) === customer.name ? {} : { name: tidy(fields.name) }),
    ...(fields.class && fields.class !== customer.class ? { class: fields.class } : {}),
    ...(JSON.stringify(numbers) === JSON.stringify(numbersOf(before)) ? {} : { numbers }),
    ...(changed("company") ? { company: tidy(fields.company) ? { name: tidy(fields.company) } : null } : {}),
    ...(changed("language") ? { language: fields.language ?? "" } : {}),
    ...(changed("email") ? { emails: [...(tidy(fields.email) ? [{ email: tidy(fields.email), label: customer.emails[0]?.label ?? "" }] : []), ...customer.emails.slice(1)] } : {}),
    ...(changed("address") ? { addresses: withAddress(customer, tidy(fields.address)) } : {}),
    ...(changed("warning") ? { warnings: withWarning(customer, tidy(fields.warning)) } : {}),
    ...(changed("note") ? { note: tidy(fields.note) } : {}),
  };
}

/** The usual address replaced by what was written; the others stay. */
function withAddress(customer: Customer, written: string): Customer["addresses"] {
  const usual = customer.addresses.findIndex((it) => it.default);
  const others = customer.addresses.filter((_, index) => index !== Math.max(usual, 0));
  return written ? [{ ...addressOf(written), kind: customer.addresses[Math.max(usual, 0)]?.kind ?? "home" }, ...others] : others;
}

type WarningInput = NonNullable<NonNullable<CustomerChange["warnings"]>[number]>;

/** The first warning that holds replaced by what was written; the others stay. */
function withWarning(customer: Customer, written: string): WarningInput[] {
  const first = customer.warnings.find((it) => it.active && it.level === "warning");
  const others = customer.warnings.filter((it) => it !== first).map(({ id, text, level, until }) => ({ id, text, level, until }));
  if (!written) return others;
  return [first ? { id: first.id, text: written, level: first.level, until: first.until } : { text: written, level: "warning" }, ...others];
}
