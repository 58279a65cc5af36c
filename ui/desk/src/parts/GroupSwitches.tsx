/** For which of an agent's groups the agent works now: one switch a group, in force at once. */
import type { AgentRow } from "@huying/api";
import { Switch } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useNames } from "@/server/names";
import { Nothing } from "./states";
import { useCommand } from "./useCommand";

interface GroupSwitchesProps {
  readonly agent: AgentRow;
  readonly onLeft: (left: readonly string[]) => Promise<unknown>;
}

export function GroupSwitches({ agent, onLeft }: GroupSwitchesProps): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { run, busy } = useCommand();
  const left = agent.left.filter((it) => agent.groups.includes(it));
  if (agent.groups.length === 0) return <Nothing title={t("groups.none")} hint={t("groups.none_hint")} />;
  const choose = (group: string, works: boolean): void => void run(() => onLeft(works ? left.filter((it) => it !== group) : [...left, group]));
  return (
    <ul style={{ listStyle: "none", margin: 0, padding: 0 }} data-testid="group-switches">
      {agent.groups.map((group) => (
        <li key={group} className="row" style={{ padding: "6px 0" }}>
          <span className="grow ellipsis">{names.group(group)}</span>
          <Switch
            size="small"
            checked={!left.includes(group)}
            disabled={busy || !agent.signed_in}
            onChange={(works) => choose(group, works)}
            aria-label={names.group(group)}
            data-testid={`group-${names.groupCode(group)}`}
          />
        </li>
      ))}
      {left.length > 0 && agent.left_by_name && <li className="quiet">{t("groups.left_by", { name: agent.left_by_name })}</li>}
    </ul>
  );
}
