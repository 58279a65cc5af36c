/** One target of the list: who or what it is, how it stands now, and keeping it. */
import { ApartmentOutlined, MailOutlined, PhoneOutlined, StarFilled, StarOutlined, TeamOutlined, UserOutlined } from "@ant-design/icons";
import { useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { AgentPill, Pill, QuietSign } from "@/parts/pills";
import { Elapsed } from "@/parts/time";
import { useNames } from "@/server/names";
import type { TargetKind, TargetRow } from "./rank";
import css from "./TargetPicker.module.css";

const ICONS: Readonly<Record<TargetKind, ReactNode>> = {
  agent: <UserOutlined />,
  queue: <TeamOutlined />,
  flow: <ApartmentOutlined />,
  number: <PhoneOutlined />,
  mailbox: <MailOutlined />,
};

/** What an agent does, since when; of a break the reason. */
export function Presence(props: { readonly agent: NonNullable<TargetRow["agent"]> }): ReactNode {
  const names = useNames();
  const { agent } = props;
  const resting = agent.signed_in && agent.state === "idle" && agent.status === "break";
  return (
    <span className="row" data-testid="presence" data-state={agent.signed_in ? (agent.state === "idle" ? agent.status : agent.state) : "signed_out"}>
      {resting && agent.reason && <span className="quiet ellipsis">{names.breakReason(agent.reason)}</span>}
      {agent.not_disturbed && <QuietSign />}
      <AgentPill agent={agent} />
      {agent.signed_in && <Elapsed since={resting ? agent.status_since : agent.since} />}
    </span>
  );
}

/** A press that does not choose the line, too. */
const alone =
  (run: () => void) =>
  (event: MouseEvent): void => {
    event.stopPropagation();
    run();
  };

interface TargetLineProps {
  readonly row: TargetRow;
  readonly id: string;
  readonly selected: boolean;
  readonly mailbox: boolean;
  readonly onChoose: () => void;
  readonly onMailbox: () => void;
  readonly onKeep: () => void;
}

export function TargetLine(props: TargetLineProps): ReactNode {
  const { t } = useTexts();
  const line = useRef<HTMLDivElement>(null);
  const { row, selected } = props;
  const { target } = row;
  useEffect(() => {
    if (selected) line.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const number = target.number && target.label !== target.number ? phoneNumber(target.number) : "";
  const kept = row.favourite || row.key !== null;
  return (
    <div
      ref={line}
      role="presentation"
      className={css.row}
      onClick={props.onChoose}
      data-selected={selected}
      data-testid="target"
      data-kind={target.kind}
      data-target={target.id ?? target.number}
    >
      <span id={props.id} role="option" aria-selected={selected} className={css.option}>
      <span className="quiet" aria-hidden>
        {ICONS[target.kind]}
      </span>
      <span className="ellipsis">{target.number === target.label ? phoneNumber(target.label) : target.label}</span>
      <span className="quiet ellipsis num">{[number, row.detail].filter(Boolean).join(" · ")}</span>
      <span className={css.side}>
        {row.agent && <Presence agent={row.agent} />}
        {row.queue && <Pill tone={row.queue.ready > 0 ? "good" : row.queue.waiting > 0 ? "warn" : "idle"}>{t("targets.queue_now", { waiting: row.queue.waiting, ready: row.queue.ready })}</Pill>}
      </span>
      </span>
      {/* By the keyboard: what stands below the list. */}
      <span className={css.side} aria-hidden>
        {props.mailbox && (
          <button type="button" className={css.icon} title={t("targets.mailbox")} aria-label={t("targets.mailbox_of", { name: target.label })} tabIndex={-1} onClick={alone(props.onMailbox)} data-testid="target-mailbox">
            <MailOutlined />
          </button>
        )}
        {row.key !== null && <kbd title={t("targets.key", { key: row.key })}>{row.key}</kbd>}
        <button type="button" className={css.icon} aria-pressed={kept} title={t(kept ? "targets.no_favourite" : "targets.favourite")} aria-label={t(kept ? "targets.no_favourite" : "targets.favourite")} tabIndex={-1} onClick={alone(props.onKeep)} data-testid="target-favourite">
          {kept ? <StarFilled /> : <StarOutlined />}
        </button>
      </span>
    </div>
  );
}
