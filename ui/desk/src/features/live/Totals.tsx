/** The centre in a few numbers. */
import type { AgentRow, ContactRow, QueueRow } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { percent } from "@/parts/format";
import { agentWord } from "@/parts/pills";
import { Elapsed } from "@/parts/time";
import css from "./LivePage.module.css";
import { centreOf } from "./centre";

interface TotalProps {
  readonly label: string;
  readonly tone?: string | undefined;
  readonly testId: string;
  readonly children: ReactNode;
}

function Total(props: TotalProps): ReactNode {
  return (
    <div className={`panel ${css.total ?? ""}`} data-tone={props.tone} data-testid={props.testId}>
      <b>{props.children}</b>
      <span>{props.label}</span>
    </div>
  );
}

export function Totals(props: { readonly queues: readonly QueueRow[]; readonly agents: readonly AgentRow[]; readonly calls: readonly ContactRow[] }): ReactNode {
  const { t } = useTexts();
  const centre = centreOf(props.queues);
  const count = (...words: string[]): number => props.agents.filter((it) => words.includes(agentWord(it))).length;
  return (
    <div className={css.totals}>
      <Total label={t("live.waiting")} tone={centre.waiting > 0 ? "warn" : undefined} testId="total-waiting">
        {centre.waiting}
      </Total>
      <Total label={t("live.longest")} testId="total-longest">
        <Elapsed since={centre.longestSince} />
      </Total>
      <Total label={t("live.calls_now")} testId="total-calls">
        {props.calls.length}
      </Total>
      <Total label={t("live.ready")} tone={count("ready") > 0 ? "good" : undefined} testId="total-ready">
        {count("ready")}
      </Total>
      <Total label={t("live.talking")} testId="total-talking">
        {count("talking", "holding")}
      </Total>
      <Total label={t("live.on_break")} testId="total-break">
        {count("break")}
      </Total>
      <Total label={t("live.answered_today")} testId="total-answered">
        {centre.answered}
      </Total>
      <Total label={t("live.abandoned_today")} tone={centre.abandoned > 0 ? "bad" : undefined} testId="total-abandoned">
        {centre.abandoned}
      </Total>
      <Total label={t("live.answered_share")} testId="total-share">
        {percent(centre.answeredShare)}
      </Total>
    </div>
  );
}
