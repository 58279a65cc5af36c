/** What the agent sees without a call: what to do next, and how the own day went so far. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { agentWord } from "@/parts/pills";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { chooseStatus } from "@/server/desk";
import { useNames } from "@/server/names";
import css from "./DeskPage.module.css";
import { MissedCalls } from "./MissedCalls";
import { MyDay } from "./MyDay";
import { useStartWork } from "./status/StatusControl";

/** Reasons for which the system itself takes an agent out of the line. */
const SET_BY_SYSTEM = new Set(["missed", "refused", "unreachable"]);

function Next(): ReactNode {
  const { t } = useTexts();
  const { me } = usePhone();
  const { start, usual, busy } = useStartWork();
  const status = useCommand();
  const reason = me.agent?.reason ?? "";
  const bySystem = SET_BY_SYSTEM.has(reason);
  const word = me.agent ? agentWord(me.agent) : "signed_out";
  if (word === "signed_out") {
    return (
      <>
        <h2>{t("ready.start_title")}</h2>
        <div className="quiet">{me.agent?.status_by === "lead" ? t("steered.sign_out", { name: me.agent.status_by_name }) : t("ready.start_hint")}</div>
        <Button type="primary" size="large" loading={busy} onClick={() => void start(usual)} data-testid="start-work-big">
          {t("status.start")}
        </Button>
      </>
    );
  }
  if (word === "break") {
    return (
      <>
        <h2>{bySystem ? t(`ready.set_${reason}`) : t("ready.break_title")}</h2>
        {bySystem && <div className="quiet">{t("ready.set_hint_count", { count: me.agent?.missed.length ?? 0 })}</div>}
        <Button type="primary" size="large" loading={status.busy} onClick={() => void status.run(() => chooseStatus("ready"))} data-testid="ready-big">
          {t("status.ready")}
        </Button>
      </>
    );
  }
  return <h2>{word === "unreachable" ? t("ready.unreachable_title") : t("ready.waiting_title")}</h2>;
}

function MyGroups(): ReactNode {
  const { t } = useTexts();
  const { me } = usePhone();
  const names = useNames();
  const agent = me.agent;
  if (!agent?.signed_in || agent.groups.length === 0) return null;
  const working = agent.groups.filter((it) => !agent.left.includes(it));
  const left = agent.groups.filter((it) => agent.left.includes(it));
  return (
    <div className="quiet" data-testid="my-groups">
      {working.length > 0 && <div>{t("groups.working", { groups: working.map(names.group).join(" · ") })}</div>}
      {left.length > 0 && <div>{t("groups.left", { groups: left.map(names.group).join(" · ") })}</div>}
    </div>
  );
}

export function ReadyPanel(props: { readonly onOpen: (contactId: string) => void }): ReactNode {
  const { me } = usePhone();
  return (
    <section className="panel">
      <div className={css.ready} data-testid="ready-panel">
        <Next />
        <MyGroups />
        {me.agent?.signed_in && <MissedCalls agent={me.agent} onOpen={props.onOpen} />}
        {me.agent && <MyDay agentId={me.agent.agent_id} since={me.agent.since} onOpen={props.onOpen} />}
      </div>
    </section>
  );
}
