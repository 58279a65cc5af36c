/** Calls somebody: a number (shown as it is understood), a colleague, a customer found by name; again the last one. */
import { PhoneOutlined, RedoOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Input, Tooltip, type GetRef } from "antd";
import { useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Keys, useAction, useKeysOf } from "@/parts/shortcuts";
import { useSlots, type Target } from "@/parts/slots";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { usePhone } from "@/phone/PhoneProvider";
import { dial, type Dialled } from "@/server/callOperations";
import { useContacts } from "@/server/contacts";
import { useCustomers } from "@/server/customers";
import { useAgents } from "@/server/names";
import { useMay, useSession } from "@/server/session";
import css from "./CallBar.module.css";
import { digitsOf, suggestions, type Suggestion } from "./dialled";

function useSuggestions(typed: string): readonly Suggestion[] {
  const { person } = useSession();
  const may = useMay();
  const search = useDebounced(typed.trim());
  const agents = useAgents();
  const customers = useCustomers({ search, limit: 6, offset: 0 }, search.length > 1 && may("customers.view"));
  const recent = useContacts({ agent_id: person.id, limit: 10, offset: 0 }, 60_000);
  const found = search.length > 1 ? (customers.data?.items ?? []) : [];
  return suggestions(typed, agents.data?.filter((it) => it.id !== person.id) ?? [], found, recent.data?.items ?? []);
}

function toDial(chosen: Suggestion): Dialled {
  if (chosen.kind === "agent") return { agent_id: chosen.id };
  return { number: chosen.number, ...(chosen.kind === "customer" ? { customer_id: chosen.id } : {}) };
}

export function DialField(): ReactNode {
  const { t } = useTexts();
  const { me } = usePhone();
  const { SpeedDial } = useSlots();
  const { run, busy } = useCommand();
  const [typed, setTyped] = useState("");
  const input = useRef<GetRef<typeof AutoComplete>>(null);
  const found = useSuggestions(typed);
  const last = useContacts({ agent_id: useSession().person.id, direction: "outbound", limit: 1, offset: 0 }, 60_000).data?.items[0]?.remote_number ?? "";
  const redialKeys = useKeysOf("dial.redial");
  const ready = me.agent?.signed_in ?? false;
  useAction("dial.focus", () => input.current?.focus(), { active: ready });
  const call = async (what: Dialled): Promise<void> => {
    if (await run(() => dial(what))) setTyped("");
  };
  const redial = (): void => void call({ number: last });
  useAction("dial.redial", redial, { active: ready && last !== "" });
  const typedNumber = digitsOf(typed);
  const choose = (key: string): void => {
    const chosen = found.find((it) => it.key === key);
    if (chosen) void call(toDial(chosen));
  };
  const speed = (target: Target): void => void call(target.kind === "agent" ? { agent_id: target.id ?? "" } : { number: target.number ?? "" });
  if (!ready) return null;
  return (
    <span className={css.dial} data-testid="dial">
      <AutoComplete
        ref={input}
        value={typed}
        onChange={(value: string) => setTyped(found.some((it) => it.key === value) ? typed : value)}
        onSelect={choose}
        options={found.map((it) => ({ value: it.key, label: <Shown suggestion={it} /> }))}
        defaultActiveFirstOption={typed !== ""}
        disabled={busy}
        popupMatchSelectWidth={340}
        aria-label={t("dial.title")}
        data-testid="dial-number"
      >
        <Input prefix={<PhoneOutlined />} suffix={typed ? null : <DialKey />} placeholder={t("dial.hint")} onPressEnter={() => (typedNumber && found.length === 0 ? void call({ number: typedNumber }) : undefined)} />
      </AutoComplete>
      {typedNumber && (
        <Button type="primary" icon={<PhoneOutlined />} loading={busy} onClick={() => void call({ number: typedNumber })} aria-label={t("dial.now", { number: phoneNumber(typedNumber) })} data-testid="dial-now" />
      )}
      {!typedNumber && last && (
        <Tooltip title={`${t("dial.redial")} ${phoneNumber(last)}${redialKeys ? ` (${redialKeys})` : ""}`}>
          <Button icon={<RedoOutlined />} onClick={redial} loading={busy} aria-label={`${t("dial.redial")} ${phoneNumber(last)}`} data-testid="redial" />
        </Tooltip>
      )}
      {SpeedDial && <SpeedDial onDial={speed} />}
    </span>
  );
}

function DialKey(): ReactNode {
  const keys = useKeysOf("dial.focus");
  return keys ? <Keys keys={keys} /> : null;
}

function Shown(props: { readonly suggestion: Suggestion }): ReactNode {
  const { t } = useTexts();
  const { suggestion } = props;
  return (
    <span className="row" data-testid="dial-suggestion">
      <span className="grow ellipsis">{suggestion.name || t(`dial.${suggestion.kind}`)}</span>
      <span className="num quiet">{suggestion.kind === "agent" ? suggestion.number : phoneNumber(suggestion.number)}</span>
    </span>
  );
}
