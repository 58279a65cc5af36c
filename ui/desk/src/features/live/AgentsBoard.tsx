/** Agents as cards: what each does, since when, and what a lead may change. */
import { MoreOutlined } from "@ant-design/icons";
import type { AgentRow } from "@huying/api";
import { Button, Dropdown, Skeleton, type MenuProps } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { agentWord, AgentPill } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { forceStatus, signAgentOut } from "@/server/supervision";
import { useNames } from "@/server/names";
import { useDeskSettings, useMay } from "@/server/session";
import css from "./LivePage.module.css";

const ORDER = ["talking", "holding", "ringing", "after_call", "ready", "unreachable", "break", "signed_out"];

function LeadMenu(props: { readonly agent: AgentRow }): ReactNode {
  const { t, local } = useTexts();
  const { run, busy } = useCommand();
  const settings = useDeskSettings();
  const { agent } = props;
  const reasons = settings.data?.break_reasons ?? [];
  const items: MenuProps["items"] = [
    { key: "ready", label: t("live.force_ready"), onClick: () => void run(() => forceStatus(agent.agent_id, "ready")) },
    {
      key: "break",
      label: t("live.force_break"),
      children: reasons.map((it) => ({ key: it.code, label: local(it.name), onClick: () => void run(() => forceStatus(agent.agent_id, "break", it.code)) })),
    },
    { key: "out", danger: true, label: t("live.sign_out"), onClick: () => void run(() => signAgentOut(agent.agent_id)) },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button size="small" type="text" icon={<MoreOutlined />} loading={busy} aria-label={t("live.actions", { name: agent.name })} data-testid="agent-actions" />
    </Dropdown>
  );
}

function AgentCard(props: { readonly agent: AgentRow }): ReactNode {
  const may = useMay();
  const names = useNames();
  const { agent } = props;
  const word = agentWord(agent);
  const detail = word === "break" ? names.breakReason(agent.reason) : (agent.queue_id ? names.queue(agent.queue_id) : "");
  return (
    <div className={css.card} data-word={word} data-testid={`agent-${agent.extension}`}>
      <div className="row">
        <span className={`${css.name ?? ""} ellipsis grow`} title={agent.name}>
          {agent.name}
        </span>
        <span className="quiet num">{agent.extension}</span>
        {may("agents.steer") && agent.signed_in && <LeadMenu agent={agent} />}
      </div>
      <div className="row">
        <AgentPill agent={agent} />
        <span className="grow" />
        {agent.signed_in && <Elapsed since={word === "ready" || word === "break" ? (agent.status_since ?? agent.since) : agent.since} />}
      </div>
      <div className="quiet ellipsis" style={{ fontSize: 12, minHeight: 18 }}>
        {detail}
      </div>
    </div>
  );
}

export function AgentsBoard(props: { readonly rows: readonly AgentRow[]; readonly loaded: boolean }): ReactNode {
  const { t } = useTexts();
  if (!props.loaded) return <Skeleton active className={css.cards ?? ""} />;
  if (props.rows.length === 0) return <Nothing title={t("live.no_agents")} hint={t("live.no_agents_hint")} />;
  const place = (row: AgentRow): number => ORDER.indexOf(agentWord(row));
  const sorted = [...props.rows].sort((a, b) => place(a) - place(b) || a.extension.localeCompare(b.extension));
  return (
    <div className={css.cards}>
      {sorted.map((it) => (
        <AgentCard key={it.agent_id} agent={it} />
      ))}
    </div>
  );
}
