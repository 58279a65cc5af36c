/** The sums of an agent's day, side by side. */
import type { AgentDay } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { percent, seconds } from "@/parts/format";
import css from "./Day.module.css";
import "./texts";

type Sum = (day: AgentDay) => readonly [shown: string, tone?: "bad"];
const time = (name: string): Sum => (day) => [seconds(day.values[name] ?? null)];
const share = (name: string): Sum => (day) => [percent(day.values[name] ?? null)];
const faults = (count: number, shown: string): ReturnType<Sum> => (count > 0 ? [shown, "bad"] : ["–"]);

const SUMS = {
  signed_in: time("signed_in_seconds"),
  ready: time("ready_seconds"),
  busy: time("busy_seconds"),
  after_call: (day) => [seconds(day.after_call_seconds)],
  break: time("break_seconds"),
  over: (day) => faults(day.over_seconds, seconds(day.over_seconds)),
  occupancy: share("occupancy"),
  utilisation: share("utilisation"),
  handled: (day) => [String(day.conversations.length)],
  average: time("talk_seconds"),
  missed: (day) => faults(day.missed.length, String(day.missed.length)),
} satisfies Readonly<Record<string, Sum>>;

export type SumName = keyof typeof SUMS;

export function Sums(props: { readonly day: AgentDay; readonly names: readonly SumName[] }): ReactNode {
  const { t } = useTexts();
  return (
    <div className={css.sums} data-testid="day-sums">
      {props.names.map((name) => {
        const [shown, tone] = SUMS[name](props.day);
        return (
          <div key={name} className={css.sum} data-tone={tone} data-sum={name}>
            <b>{shown}</b>
            <span>{t(`day.${name}`)}</span>
          </div>
        );
      })}
    </div>
  );
}
