/** The list of calls. Up and down go through it, Enter opens and closes, b calls back. */
import type { OwnCall } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { callBack, ownCallsKey } from "@/server/ownCalls";
import { CallLine } from "./CallLine";
import { CallMore } from "./CallMore";
import css from "./Calls.module.css";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export function CallList(props: { readonly calls: readonly OwnCall[]; readonly onOpen: (contactId: string) => void }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const list = useRef<HTMLUListElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const back = (call: OwnCall): void => void run((knowing) => callBack(call, knowing));
  const onKey = (event: KeyboardEvent): void => {
    const lines = [...(list.current?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
    const at = lines.findIndex((it) => it === document.activeElement);
    const step = STEPS[event.key];
    if (at < 0) return;
    const call = props.calls[at];
    if (step) lines[Math.min(Math.max(at + step, 0), lines.length - 1)]?.focus();
    else if (event.key === "b" && (call?.remote_number || call?.colleague)) back(call);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (props.calls.length === 0) return <Nothing title={t("calls.none")} hint={t("calls.none_hint")} />;
  return (
    <div className={css.box}>
      <ul className={css.list} ref={list} onKeyDown={onKey} aria-label={t("calls.title")}>
        {props.calls.map((call) => (
          <li key={call.contact_id} data-testid="own-call" data-kind={call.kind}>
            <CallLine call={call} opened={opened === call.contact_id} busy={busy} onToggle={() => setOpened(opened === call.contact_id ? null : call.contact_id)} onCallBack={() => back(call)} />
            {opened === call.contact_id && (
              <CallMore key={call.note_at} call={call} onOpen={() => props.onOpen(call.contact_id)} onChanged={() => client.invalidateQueries({ queryKey: ownCallsKey })} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
