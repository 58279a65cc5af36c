/** What a lead may do to an agent, and the agent's day. */
import { MoreOutlined } from "@ant-design/icons";
import type { AgentRow } from "@huying/api";
import { Button, Dropdown, type MenuProps } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ReasonDot } from "@/parts/BreakTime";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { useDeskSettings, useMay } from "@/server/session";
import { forceStatus, monitorCall, signAgentOut, type MonitorMode } from "@/server/supervision";

export type LeadAction = "day" | "groups" | "move";

interface LeadMenuProps {
  readonly agent: AgentRow;
  readonly onAction: (action: LeadAction) => void;
}

export function LeadMenu({ agent, onAction }: LeadMenuProps): ReactNode {
  const { t, local } = useTexts();
  const { run, busy } = useCommand();
  const may = useMay();
  const settings = useDeskSettings();
  const reasons = settings.data?.break_reasons ?? [];
  const open = (action: LeadAction) => ({ key: action, label: <span data-testid={`lead-${action}`}>{t(`lead.${action}`)}</span>, onClick: () => onAction(action) });
  const steering: MenuProps["items"] = [
    { key: "ready", label: <span data-testid="lead-ready">{t("live.force_ready")}</span>, onClick: () => void run(() => forceStatus(agent.agent_id, "ready")) },
    {
      key: "break",
      label: <span data-testid="lead-break">{t("live.force_break")}</span>,
      children: reasons.map((it) => ({
        key: it.code,
        label: (
          <span data-testid={`lead-break-${it.code}`}>
            <ReasonDot colour={it.colour} />
            {local(it.name)}
          </span>
        ),
        onClick: () => void run(() => forceStatus(agent.agent_id, "break", it.code)),
      })),
    },
    open("groups"),
    { key: "out", danger: true, label: t("live.sign_out"), onClick: () => void run(() => signAgentOut(agent.agent_id)) },
    { type: "divider" },
  ];
  const steers = may("agents.steer");
  const contact = agent.contact_id;
  const hears = may("live.listen") && contact && ["talking", "holding"].includes(agent.state);
  const { me } = usePhone();
  const device = me.agent?.signed_in ?? false;
  const hear = (mode: MonitorMode) => ({
    key: mode,
    disabled: !device || agent.agent_id === me.agent?.agent_id,
    label: (
      <span data-testid={`lead-${mode}`} title={device ? "" : t("lead.no_device")}>
        {t(`lead.${mode}`)}
      </span>
    ),
    onClick: () => void run(() => monitorCall(contact ?? "", mode, agent.agent_id)),
  });
  const why: MenuProps["items"] = device ? [] : [{ key: "no-device", disabled: true, label: <span className="quiet">{t("lead.no_device")}</span> }];
  const hearing: MenuProps["items"] = hears ? [...why, hear("listen"), hear("whisper"), hear("join"), { type: "divider" }] : [];
  const items: MenuProps["items"] = [...hearing, ...(steers && agent.signed_in ? steering : []), ...(steers ? [open("move")] : []), ...(may("reports.view") ? [open("day")] : [])];
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button size="small" type="text" icon={<MoreOutlined />} loading={busy} aria-label={t("live.actions", { name: agent.name })} data-testid="agent-actions" />
    </Dropdown>
  );
}
