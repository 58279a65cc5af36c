/** The agent's status: start and end work, ready, breaks with reasons, and since when. */
import { DownOutlined, StopOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { BreakTime, ReasonDot } from "@/parts/BreakTime";
import { later } from "@/parts/later";
import { agentWord, AgentPill, QuietSign } from "@/parts/pills";
import { useQuiet } from "@/parts/reach/useQuiet";
import { useAction } from "@/parts/shortcuts";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { askForNotifications } from "@/phone/notices";
import { usePhone } from "@/phone/PhoneProvider";
import { chooseStatus, signInAtDesk, signOutOfDesk, type Device } from "@/server/desk";
import { useMyDevices } from "@/server/devices";
import { useNames } from "@/server/names";
import { useDeskSettings } from "@/server/session";
import { useToldBySteering } from "./useToldBySteering";

const GroupsDialog = later(async () => (await import("./GroupsDialog")).GroupsDialog);

/** `usual`: the devices that the agent has chosen, or else this browser. */
export function useStartWork(): { readonly start: (device: Device) => Promise<boolean>; readonly usual: Device; readonly busy: boolean } {
  const { run, busy } = useCommand();
  const { data: mine } = useMyDevices();
  const usual: Device = mine && mine.kinds.length > 0 ? "chosen" : "browser";
  const { prepareMicrophone } = usePhone();
  const start = (device: Device): Promise<boolean> =>
    run(async () => {
      askForNotifications();
      if (device === "browser" || device === "chosen") void prepareMicrophone();
      await signInAtDesk(device);
    });
  return { start, usual, busy };
}

function SignedOut(): ReactNode {
  const { t } = useTexts();
  const { start, usual, busy } = useStartWork();
  const devices: MenuProps["items"] = [
    { key: "browser", label: t("status.with_browser") },
    { key: "phone", label: <span data-testid="start-work-phone">{t("status.with_phone")}</span> },
  ];
  return (
    <span className="row" style={{ gap: 4 }}>
      <Button type="primary" loading={busy} onClick={() => void start(usual)} data-testid="start-work">
        {t("status.start")}
      </Button>
      <Dropdown trigger={["click"]} menu={{ items: devices, onClick: ({ key }) => void start(key as Device) }}>
        <Button icon={<DownOutlined />} aria-label={t("status.device")} data-testid="start-work-menu" />
      </Dropdown>
    </span>
  );
}

export function StatusControl(): ReactNode {
  const { t, local } = useTexts();
  const { me } = usePhone();
  const { run, busy } = useCommand();
  const settings = useDeskSettings();
  const names = useNames();
  const agent = me.agent;
  const quiet = useQuiet();
  const [groups, setGroups] = useState(false);
  useToldBySteering(agent);
  const signedIn = agent?.signed_in ?? false;
  const ready = (): void => void run(() => chooseStatus("ready"));
  useAction(quiet.on ? "dnd.turn_off" : "dnd.turn_on", quiet.turn, { active: signedIn });
  useAction("status.ready", ready, { active: signedIn && agent?.status !== "ready" });
  if (!me.loaded) return null;
  if (!agent?.signed_in) return <SignedOut />;
  const reasons = settings.data?.break_reasons ?? [];
  const items: MenuProps["items"] = [
    { key: "ready", label: <span data-testid="status-ready">{t("status.ready")}</span>, onClick: ready },
    { type: "divider" },
    ...reasons.map((it) => ({
      key: `break:${it.code}`,
      label: (
        <span className="row" data-testid={`status-break-${it.code}`}>
          <span className="grow">
            <ReasonDot colour={it.colour} />
            {local(it.name)}
          </span>
          {it.most_seconds > 0 && <span className="quiet num">{t("break.most", { minutes: Math.round(it.most_seconds / 60) })}</span>}
        </span>
      ),
      onClick: () => void run(() => chooseStatus("break", it.code)),
    })),
    { type: "divider" },
    {
      key: "dnd",
      icon: <StopOutlined />,
      label: (
        <span data-testid="status-dnd" title={t("dnd.hint")}>
          {t(quiet.on ? "dnd.turn_off" : "dnd.turn_on")}
        </span>
      ),
      onClick: quiet.turn,
    },
    { key: "groups", label: <span data-testid="status-groups">{t("groups.mine")}…</span>, onClick: () => setGroups(true) },
    { key: "out", label: <span data-testid="status-sign-out">{t("status.end")}</span>, onClick: () => void run(signOutOfDesk) },
  ];
  const word = agentWord(agent);
  const since = word === "ready" ? (agent.status_since ?? agent.since) : agent.since;
  const next = agent.state !== "idle" && agent.status === "break";
  return (
    <>
    <Dropdown trigger={["click"]} menu={{ items, selectedKeys: [agent.status === "break" ? `break:${agent.reason}` : agent.status] }}>
      <Button loading={busy} data-testid="status-menu" data-status={agent.status} data-state={agent.state}>
        <AgentPill agent={agent} />
        {word === "break" && <span className="ellipsis">{names.breakReason(agent.reason)}</span>}
        {quiet.on && <QuietSign />}
        {next && <span className="quiet">{t("status.break_next")}</span>}
        {word === "break" ? <BreakTime agent={agent} /> : <Elapsed since={since} />}
        <DownOutlined />
      </Button>
    </Dropdown>
    {groups && <GroupsDialog agent={agent} onClose={() => setGroups(false)} />}
    </>
  );
}
