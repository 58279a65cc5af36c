/** Agents as cards: what each does, since when, and what a lead may change. */
import type { AgentRow, MonitorRow } from "@huying/api";
import { Skeleton } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { BreakTime } from "@/parts/BreakTime";
import { later } from "@/parts/later";
import { agentWord, AgentPill, QuietSign } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import { Elapsed } from "@/parts/time";
import { useNames, type AllNames } from "@/server/names";
import { LeadMenu, type LeadAction } from "./LeadMenu";
import css from "./LivePage.module.css";

const DayDrawer = later(async () => (await import("@/parts/day/DayDrawer")).DayDrawer);
const AgentGroups = later(async () => (await import("./AgentGroups")).AgentGroups);
const MoveDialog = later(async () => (await import("./MoveDialog")).MoveDialog);

const ORDER = ["talking", "holding", "ringing", "after_call", "ready", "unreachable", "break", "signed_out"];

/** The second line of a card: the break or the queue, what is in hand besides, who hears whom, and the groups left. */
function useDetail(agent: AgentRow, word: string, names: AllNames, monitors: readonly MonitorRow[]): string {
  const { t } = useTexts();
  const by = agent.status_by === "lead" && agent.status_by_name && word === "break" ? t("lead.set_by", { name: agent.status_by_name }) : "";
  const first = word === "break" ? names.breakReason(agent.reason) : (agent.queue_id ? names.queue(agent.queue_id) : "");
  const works = agent.works.length > 1 ? t("lead.works", { count: agent.works.length }) : "";
  const left = agent.left.filter((it) => agent.groups.includes(it));
  const hears = monitors.filter((it) => it.agent_id === agent.agent_id).map((it) => t(`lead.hears.${it.mode}`, { name: names.agent(it.target_id) }));
  const heard = monitors.filter((it) => it.target_id === agent.agent_id).map((it) => t(`lead.heard_by.${it.mode}`, { name: names.agent(it.agent_id) }));
  return [first, by, works, ...hears, ...heard, left.length > 0 ? t("lead.left", { groups: left.map(names.group).join(", ") }) : ""].filter(Boolean).join(" · ");
}

interface CardProps {
  readonly agent: AgentRow;
  readonly monitors: readonly MonitorRow[];
  readonly onAction: (action: LeadAction) => void;
}

function AgentCard(props: CardProps): ReactNode {
  const names = useNames();
  const { agent } = props;
  const word = agentWord(agent);
  const detail = useDetail(agent, word, names, props.monitors);
  return (
    <div className={css.card} data-word={word} data-testid={`agent-${agent.extension}`}>
      <div className="row">
        <span className={`${css.name ?? ""} ellipsis grow`} title={agent.name}>
          {agent.name}
        </span>
        <span className="quiet num">{agent.extension}</span>
        <LeadMenu agent={agent} onAction={props.onAction} />
      </div>
      <div className="row">
        <AgentPill agent={agent} />
        {agent.not_disturbed && <QuietSign />}
        <span className="grow" />
        {word === "break" && <BreakTime agent={agent} />}
        {agent.signed_in && word !== "break" && <Elapsed since={word === "ready" ? (agent.status_since ?? agent.since) : agent.since} />}
      </div>
      <div className="quiet ellipsis" style={{ fontSize: 12, minHeight: 18 }} title={detail}>
        {detail}
      </div>
    </div>
  );
}

interface Opened {
  readonly action: LeadAction;
  readonly agentId: string;
}

function Dialogs(props: { readonly opened: Opened; readonly rows: readonly AgentRow[]; readonly onClose: () => void }): ReactNode {
  const { opened, rows, onClose } = props;
  const agent = rows.find((it) => it.agent_id === opened.agentId);
  if (!agent) return null;
  if (opened.action === "day") return <DayDrawer agentId={agent.agent_id} name={agent.name} onClose={onClose} />;
  if (opened.action === "groups") return <AgentGroups agent={agent} onClose={onClose} />;
  return <MoveDialog rows={rows} agent={agent} onClose={onClose} />;
}

interface AgentsBoardProps {
  readonly rows: readonly AgentRow[];
  /** Also those that are not shown. */
  readonly everybody: readonly AgentRow[];
  /** Leads who hear a call now. */
  readonly monitors: readonly MonitorRow[];
  readonly loaded: boolean;
}

export function AgentsBoard(props: AgentsBoardProps): ReactNode {
  const { t } = useTexts();
  const [opened, setOpened] = useState<Opened | null>(null);
  if (!props.loaded) return <Skeleton active className={css.cards ?? ""} />;
  const place = (row: AgentRow): number => ORDER.indexOf(agentWord(row));
  const sorted = [...props.rows].sort((a, b) => place(a) - place(b) || a.extension.localeCompare(b.extension));
  return (
    <>
      {sorted.length === 0 && <Nothing title={t("live.no_agents")} hint={t("live.no_agents_hint")} />}
      <div className={css.cards}>
        {sorted.map((it) => (
          <AgentCard key={it.agent_id} agent={it} monitors={props.monitors} onAction={(action) => setOpened({ action, agentId: it.agent_id })} />
        ))}
      </div>
      {opened && <Dialogs opened={opened} rows={props.everybody} onClose={() => setOpened(null)} />}
    </>
  );
}
