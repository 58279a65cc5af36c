/**
 * Chooses where a call goes: types a name, initials, an extension or a number; arrows and Enter choose, Shift+Enter the mailbox, Alt+S the star.
 * What else can be done with the line that is marked stands below the list, for those who walk by Tab.
 * What was chosen is remembered among the last calls.
 */
import { Input } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { keepTarget, noteUsed } from "@/server/targets";
import { sectionsOf, type CallTarget, type TargetKind, type TargetRow } from "./rank";
import { ChosenTools } from "./ChosenTools";
import { TargetLine } from "./TargetLine";
import css from "./TargetPicker.module.css";
import "./texts";
import { useKnown } from "./useKnown";

export type { CallTarget, TargetKind } from "./rank";

interface TargetPickerProps {
  readonly onChoose: (target: CallTarget) => void;
  /** What may be chosen; all but mailboxes when left out. */
  readonly kinds?: readonly TargetKind[];
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** The text it begins with, such as a number that was copied. */
  readonly initial?: string;
  /** Whether what is chosen counts as called; usually it does. */
  readonly remembers?: boolean;
}

const USUAL: readonly TargetKind[] = ["agent", "queue", "flow", "number"];
const hasMailbox = (row: TargetRow): boolean => row.target.kind === "agent" || row.target.kind === "queue";
const inputOf = (target: CallTarget) => ({ kind: target.kind, id: target.id ?? "", number: target.number ?? "", label: target.label.slice(0, 100) });

export function TargetPicker(props: TargetPickerProps): ReactNode {
  const { t, code } = useTexts();
  const client = useQueryClient();
  const { run } = useCommand();
  const listId = useId();
  const [typed, setTyped] = useState(props.initial ?? "");
  const [at, setAt] = useState(0);
  const { known, loaded } = useKnown(typed);
  const kinds = useMemo(() => new Set(props.kinds ?? USUAL), [props.kinds]);
  const sections = useMemo(() => sectionsOf(typed, known, kinds), [typed, known, kinds]);
  const rows = sections.flatMap((it) => it.rows);
  const chosen = rows[Math.min(at, rows.length - 1)];
  const choose = (target: CallTarget): void => {
    if (props.remembers ?? true) noteUsed(client, inputOf(target)).catch(() => undefined); // the call matters, its memory does not
    props.onChoose(target);
  };
  const mailboxOf = (row: TargetRow): CallTarget => ({ ...row.target, kind: "mailbox", label: t("targets.mailbox_of", { name: row.target.label }) });
  const keep = (row: TargetRow): void => {
    const kept = row.favourite || row.key !== null;
    void run(() => keepTarget(client, { ...inputOf(row.target), favourite: !kept, key: null }));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt((it) => Math.min(it + 1, rows.length - 1));
    else if (event.key === "ArrowUp") setAt((it) => Math.max(it - 1, 0));
    else if (event.key === "Enter" && chosen) choose(event.shiftKey && kinds.has("mailbox") && hasMailbox(chosen) ? mailboxOf(chosen) : chosen.target);
    // By its place: with Alt some keyboards write another letter.
    else if (event.altKey && event.code === "KeyS" && chosen) keep(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const starts = sections.map((_, index) => sections.slice(0, index).reduce((sum, it) => sum + it.rows.length, 0));
  return (
    <div className={css.picker} data-testid="target-picker">
      <Input
        autoFocus={props.autoFocus ?? true}
        allowClear
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        placeholder={props.placeholder ?? t("targets.placeholder")}
        role="combobox"
        aria-label={props.placeholder ?? t("targets.label")}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${Math.min(at, rows.length - 1)}` : undefined}
        data-testid="target-search"
      />
      <div className={css.list} id={listId} {...(rows.length > 0 ? { role: "listbox", "aria-label": t("targets.list") } : {})}>
        {sections.map((section, part) => (
          <div key={section.name} role="group" aria-label={code("target_section", section.name)} data-testid={`targets-${section.name}`}>
            <div className={css.name} aria-hidden>
              {code("target_section", section.name)}
            </div>
            {section.rows.map((row, index) => {
              const mine = (starts[part] ?? 0) + index;
              return (
                <TargetLine
                  key={`${row.target.kind}${row.target.id ?? row.target.number ?? ""}${mine}`}
                  id={`${listId}-${mine}`}
                  row={row}
                  selected={row === chosen}
                  mailbox={kinds.has("mailbox") && hasMailbox(row)}
                  onChoose={() => choose(row.target)}
                  onMailbox={() => choose(mailboxOf(row))}
                  onKeep={() => keep(row)}
                />
              );
            })}
          </div>
        ))}
        {loaded && rows.length === 0 && <Nothing title={t("targets.nobody")} hint={t("targets.nobody_hint")} />}
      </div>
      {chosen && <ChosenTools row={chosen} onKeep={() => keep(chosen)} onMailbox={kinds.has("mailbox") && hasMailbox(chosen) ? () => choose(mailboxOf(chosen)) : null} />}
    </div>
  );
}
