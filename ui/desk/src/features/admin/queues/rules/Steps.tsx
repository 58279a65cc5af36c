/** The rules as a line of time: who may take the contact from when on, and who of them could right now. */
import type { RulePreviewStep, RuleStep } from "@huying/api";
import { Popover } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { useQueues } from "@/server/names";
import { useGroups, useSkills } from "@/server/routing";
import css from "../Queues.module.css";
import { countsOf } from "./counts";

const SHOWN = 30;

function Who(props: { readonly step: RulePreviewStep }): ReactNode {
  const { t, code } = useTexts();
  const { free, held, total } = countsOf(props.step);
  const people = (names: readonly { readonly agent_id: string; readonly name: string; readonly obstacle: string }[]): ReactNode => (
    <div style={{ maxWidth: 320, maxHeight: 260, overflow: "auto" }}>
      {names.slice(0, SHOWN).map((it) => (
        <div key={it.agent_id} className="row">
          <span className="ellipsis grow">{it.name}</span>
          {it.obstacle && <span className="quiet">{code("obstacle", it.obstacle)}</span>}
        </div>
      ))}
      {names.length > SHOWN && <div className="quiet">{t("rules.more", { count: names.length - SHOWN })}</div>}
    </div>
  );
  const named = (test: (obstacle: string) => boolean) => props.step.who.filter((it) => test(it.obstacle));
  return (
    <div className={css.who} data-testid="rule-who">
      <Popover content={people(named((it) => !it))} trigger={free > 0 ? ["hover", "click"] : []}>
        <span>
          <Pill tone={free > 0 ? "good" : "bad"}>{t("rules.could_now", { count: free })}</Pill>
        </span>
      </Popover>
      {held.map(({ obstacle, count }) => (
        <Popover key={obstacle} content={people(named((it) => it === obstacle))} trigger={["hover", "click"]}>
          <span>
            <Pill tone="idle" plain>
              {code("obstacle", obstacle)} {count}
            </Pill>
          </span>
        </Popover>
      ))}
      {total === 0 && <span className="quiet">{t("rules.nobody")}</span>}
    </div>
  );
}

function Circle(props: { readonly step: RuleStep }): ReactNode {
  const { t, local } = useTexts();
  const [groups, skills, queues] = [useGroups().data, useSkills().data, useQueues().data];
  const { circle, action } = props.step;
  const named = (things: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[] | undefined, id: string): string =>
    local(things?.find((it) => it.id === id)?.name) || id.slice(0, 8);
  if (action) return <b>{t(action.target ? `deed_to.${action.do}` : `deed.${action.do}`, { target: action.do === "overflow" ? named(queues, action.target) : action.target })}</b>;
  const needs = Object.entries(circle.need);
  return (
    <div>
      <b>{circle.groups.map((id) => named(groups, id)).join(" / ") || t("rules.no_group")}</b>
      <span className="quiet"> · {needs.length === 0 ? t("rules.no_skill") : needs.map(([id, level]) => `${named(skills, id)} ≥ ${level}`).join(", ")}</span>
    </div>
  );
}

export function Steps(props: { readonly steps: readonly RuleStep[]; readonly preview: readonly RulePreviewStep[] | undefined }): ReactNode {
  const { t } = useTexts();
  return (
    <ol className={css.steps} data-testid="rule-steps">
      {props.steps.map((step, index) => {
        const seen = props.preview?.find((it) => it.after_seconds === step.after_seconds);
        return (
          <li key={step.after_seconds} data-last={step.action !== null}>
            <time>{index === 0 && step.after_seconds === 0 ? t("rules.at_once") : clock(step.after_seconds)}</time>
            <div>
              <Circle step={step} />
              {seen && !step.action && <Who step={seen} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
