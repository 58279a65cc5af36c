/** What happened on an agent's day, in order: conversations, missed calls, and what was chosen by whom. */
import type { AgentDay } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts, type Texts } from "@/i18n";
import { seconds } from "@/parts/format";
import { useTimes } from "@/parts/times";
import { useNames, type AllNames } from "@/server/names";
import css from "./Day.module.css";

interface Line {
  readonly at: string;
  readonly what: string;
  readonly detail: string;
  readonly contactId: string;
}

type Change = AgentDay["changes"][number];

function detailOf(change: Change, names: AllNames, { t, code }: Texts): string {
  const data = change.data as Readonly<Record<string, unknown>>;
  const list = (name: string): string => (Array.isArray(data[name]) ? (data[name] as string[]).map(names.group).join(", ") : "");
  const reason = typeof data.reason === "string" && data.reason ? `(${names.breakReason(data.reason)})` : "";
  const told = change.kind === "AgentStatusChosen" ? `${code("agent_state", String(data.status))} ${reason}` : list(change.kind === "AgentMoved" ? "groups" : "left");
  return [told.trim(), change.by === "lead" && change.by_name && t("day.by", { name: change.by_name }), change.by === "system" && code("by", "system")].filter(Boolean).join(" · ");
}

function linesOf(day: AgentDay, names: AllNames, texts: Texts): readonly Line[] {
  const { t, code } = texts;
  const lines: Line[] = [
    ...day.conversations.map((it) => ({ at: it.since, what: code("agent_state", "talking"), detail: [it.queue_id && names.queue(it.queue_id), t("day.talked", { time: seconds(it.talk_seconds) })].filter(Boolean).join(" · "), contactId: it.contact_id })),
    ...day.missed.map((it) => ({ at: it.at, what: t("day_mark.missed"), detail: [it.queue_id && names.queue(it.queue_id), code("missed_result", it.result)].filter(Boolean).join(" · "), contactId: it.contact_id })),
    ...day.changes.map((it) => ({ at: it.at, what: code("agent_event", it.kind), detail: detailOf(it, names, texts), contactId: "" })),
  ];
  return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

export function DayEvents(props: { readonly day: AgentDay; readonly onOpen: (contactId: string) => void }): ReactNode {
  const texts = useTexts();
  const names = useNames();
  const times = useTimes();
  return (
    <ul className={css.events} data-testid="day-events">
      {linesOf(props.day, names, texts).map((it, index) => (
        <li key={index}>
          <span className="num quiet">{times.dateTime(it.at).split(" ")[1]}</span>
          <b className="ellipsis">{it.what}</b>
          <span className="ellipsis" title={it.detail}>
            {it.detail}
          </span>
          {it.contactId ? (
            <button type="button" className="link" onClick={() => props.onOpen(it.contactId)}>
              {texts.t("missed.open")}
            </button>
          ) : (
            <span />
          )}
        </li>
      ))}
    </ul>
  );
}
