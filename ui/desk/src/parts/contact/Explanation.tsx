/** Why this agent was asked, and how the contact came to be treated so: in words, with everybody on demand. */
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { later } from "@/parts/later";
import { useRoutingNames } from "@/server/names";
import { useMay } from "@/server/session";
import css from "./Explanation.module.css";
import { entered, explained, text, type Data } from "./explained";
import type { Names } from "./Timeline";

const Candidates = later(async () => (await import("./Candidates")).Candidates);

interface ExplanationProps {
  readonly contactId: string;
  readonly data: Data;
  readonly names: Names;
}

function useNeed(): (need: readonly (readonly [string, number])[]) => string {
  const names = useRoutingNames();
  return (need) => need.map(([skill, level]) => `${names.skill(skill)} ≥ ${level}`).join(", ");
}

export function Explanation({ contactId, data, names }: ExplanationProps): ReactNode {
  const { t, code } = useTexts();
  const may = useMay();
  const routing = useRoutingNames();
  const need = useNeed();
  const [open, setOpen] = useState(false);
  const told = explained(data);
  if (!told) return null;
  const idle = (seconds: number | null): string => (seconds === null ? "" : t("explain.idle", { time: clock(seconds) }));
  const asked = told.step && [told.step.groups.map(routing.group).join(", "), need(told.step.need)].filter(Boolean).join(" · ");
  return (
    <div className={css.box} data-testid="explanation">
      <div>
        {t("timeline.why")} <b>{told.wanted ? t("explain.wanted", { why: code("wanted_why", told.wanted) }) : code("rule", told.rule)}</b>
        {told.idleSeconds !== null && ` · ${idle(told.idleSeconds)}`}
      </div>
      {told.step && <div>{told.step.afterSeconds > 0 ? t("explain.step_after", { time: clock(told.step.afterSeconds), asked }) : t("explain.step", { asked })}</div>}
      {told.passedOver.length > 0 && (
        <div>
          {t("timeline.passed_over")} {told.passedOver.map(([reason, count]) => `${code("passed_over", reason)} ${count}`).join(" · ")}
        </div>
      )}
      {told.nearest.length > 0 && (
        <div>
          {t("explain.nearest")} {told.nearest.map((it) => `${names.agent(it.agentId)}${it.idleSeconds === null ? "" : ` (${idle(it.idleSeconds)})`}`).join(" · ")}
        </div>
      )}
      {may("contacts.view") && (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpen(true)} data-testid="show-everybody">
          {t("explain.everybody")}
        </Button>
      )}
      {open && <Candidates contactId={contactId} offerId={text(data, "offer_id")} onClose={() => setOpen(false)} />}
    </div>
  );
}

export function EntryNotes({ data, names }: Omit<ExplanationProps, "contactId">): ReactNode {
  const { t, code } = useTexts();
  const need = useNeed();
  const told = entered(data);
  const lines = [
    told.notes.map((it) => code("entry_note", it.code) + (it.detail ? ` (${code("hook_failure", it.detail)})` : "")).join(" · "),
    told.wanted.map((it) => t("explain.asked_first", { name: names.agent(it.agentId), seconds: it.seconds, why: code("wanted_why", it.why) })).join(" · "),
    told.headStart > 0 ? t("explain.head_start", { time: clock(told.headStart) }) : "",
    told.rank > 0 ? t("explain.rank") : "",
    told.needs.length > 0 ? t("explain.needs", { need: need(told.needs) }) : "",
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <div className={css.box} data-testid="entry-notes">
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}
