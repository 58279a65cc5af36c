/** What the palette offers: the actions of the moment, status and breaks, a number to call, customers that fit. */
import { useNavigate } from "react-router";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import type { KeyGroup } from "@/parts/keys/table";
import { useActions } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { usePhone } from "@/phone/PhoneProvider";
import { dial } from "@/server/callOperations";
import { useCustomers } from "@/server/customers";
import { chooseStatus, signInAtDesk, signOutOfDesk } from "@/server/desk";
import { useDeskSettings, useMay } from "@/server/session";
import { fitsTyped } from "./fits";

export interface Entry {
  readonly key: string;
  readonly text: string;
  readonly more?: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** The palette itself is no use in the palette. */
const LEFT_OUT = new Set(["palette.open"]);
const ORDER: readonly KeyGroup[] = ["call", "desk", "go", "page"];
const MOST = 40;

function useStatusEntries(): readonly Entry[] {
  const { t, local } = useTexts();
  const { me } = usePhone();
  const settings = useDeskSettings();
  const { run } = useCommand();
  const agent = me.agent;
  if (!me.loaded || !settings.data) return [];
  if (!agent?.signed_in) return [{ key: "start", text: t("palette.start_work"), run: () => void run(() => signInAtDesk("browser")) }];
  const breaks = settings.data.break_reasons.map((it): Entry => {
    const name = local(it.name);
    return { key: `break-${it.code}`, text: t("palette.status", { name }), run: () => void run(() => chooseStatus("break", it.code)) };
  });
  return [...breaks, { key: "end", text: t("palette.end_work"), run: () => void run(signOutOfDesk) }];
}

export function usePaletteEntries(typed: string, onTheme: () => void): readonly Entry[] {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const { run } = useCommand();
  const search = useDebounced(typed.trim(), 150);
  const customers = useCustomers({ search, limit: 8, offset: 0 }, search.length > 1 && may("customers.view"));
  const actions = useActions()
    .filter((it) => !LEFT_OUT.has(it.label))
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group))
    .map((it): Entry => ({ key: it.label + JSON.stringify(it.values), text: t(it.label, it.values), keys: it.keys, run: it.run }));
  const status = useStatusEntries();
  const theme: Entry = { key: "theme", text: t("palette.theme"), run: onTheme };
  const fitting = [...actions, ...status, theme].filter((it) => fitsTyped(it.text, typed));
  const number = typed.replace(/[\s()-]/g, "");
  const call: Entry[] =
    may("desk.use") && /^\+?\d{3,20}$/.test(number)
      ? [{ key: "dial", text: t("palette.call", { number: phoneNumber(number) }), run: () => void run((knowing) => dial({ number }, knowing)) }]
      : [];
  const found = search.length > 1 && typed.trim().length > 1 ? (customers.data?.items ?? []) : [];
  const people = found.map(
    (it): Entry => ({
      key: `customer-${it.id}`,
      text: it.name,
      more: [it.company?.name, phoneNumber(it.numbers[0]?.number)].filter(Boolean).join(" · "),
      run: () => void navigate(`/customers/${it.id}`),
    }),
  );
  return [...call, ...fitting, ...people].slice(0, MOST);
}
