/** Finds a colleague, a group, its mailbox, or takes a number; arrows move, Enter chooses. */
import { InboxOutlined, PhoneOutlined, TeamOutlined, UserOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import type { Target, TargetPickerProps } from "@/parts/slots";
import { useAgents, useQueues } from "@/server/names";
import { useSession } from "@/server/session";
import { digitsOf } from "../callbar/dialled";
import css from "./PlainTargets.module.css";

const ICONS = { agent: <UserOutlined />, queue: <TeamOutlined />, flow: <TeamOutlined />, mailbox: <InboxOutlined />, number: <PhoneOutlined /> };
const MOST = 30;

interface Row extends Target {
  readonly more: string;
}

function useRows(typed: string, kinds: TargetPickerProps["kinds"]): readonly Row[] {
  const { t, local } = useTexts();
  const { person } = useSession();
  const agents = useAgents();
  const queues = useQueues();
  const digits = digitsOf(typed);
  const rows: Row[] = [
    ...(agents.data ?? []).filter((it) => it.id !== person.id).map((it): Row => ({ kind: "agent", id: it.id, label: it.name, more: it.extension })),
    ...(queues.data ?? []).map((it): Row => ({ kind: "queue", id: it.id, label: local(it.name), more: t("targets.queue") })),
    ...(queues.data ?? []).map((it): Row => ({ kind: "mailbox", id: it.id, label: t("targets.mailbox_of", { name: local(it.name) }), more: t("targets.mailbox") })),
  ];
  const text = typed.trim().toLowerCase();
  const fits = (it: Row): boolean => kinds.includes(it.kind) && (!text || it.label.toLowerCase().includes(text) || it.more.startsWith(text));
  const number: Row[] = digits && kinds.includes("number") ? [{ kind: "number", number: digits, label: phoneNumber(digits), more: t("targets.number") }] : [];
  return [...rows.filter((it) => fits(it)).slice(0, MOST), ...number];
}

export function PlainTargets(props: TargetPickerProps): ReactNode {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const rows = useRows(typed, props.kinds);
  const here = Math.min(at, rows.length - 1);
  const choose = (row: Row | undefined): void => {
    if (row) props.onChoose({ kind: row.kind, label: row.label, ...(row.id ? { id: row.id } : {}), ...(row.number ? { number: row.number } : {}) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") choose(rows[here]);
    else if (step) setAt(Math.max(0, Math.min(rows.length - 1, here + step)));
    else return;
    event.preventDefault();
  };
  const idOf = (index: number): string => `${list}-${index}`;
  return (
    <div className={css.picker} data-testid="target-picker">
      <Input
        autoFocus={props.autoFocus ?? false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={t("targets.hint")}
        aria-label={t("targets.hint")}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={rows.length > 0 ? idOf(here) : undefined}
        data-testid="target-search"
      />
      <ul id={list} role="listbox" aria-label={t("targets.title")} className={css.list}>
        {rows.map((it, index) => (
          <li
            key={`${it.kind}${it.id ?? it.number ?? ""}`}
            id={idOf(index)}
            role="option"
            aria-selected={index === here}
            ref={(element) => (index === here ? element?.scrollIntoView({ block: "nearest" }) : undefined)}
            onClick={() => choose(it)}
            data-testid={`target-${it.kind}`}
          >
            {ICONS[it.kind]}
            <span className="grow ellipsis">{it.label}</span>
            <span className="num quiet">{it.more}</span>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className="quiet">{t("targets.none")}</p>}
    </div>
  );
}
