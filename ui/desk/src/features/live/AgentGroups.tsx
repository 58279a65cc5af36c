/** For which of an agent's groups the agent works now, as a lead sets it. */
import type { AgentRow } from "@huying/api";
import { Modal } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { GroupSwitches } from "@/parts/GroupSwitches";
import { leaveGroupsOf } from "@/server/supervision";

export function AgentGroups(props: { readonly agent: AgentRow; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { agent } = props;
  return (
    <Modal open title={`${t("lead.works_for")} · ${agent.name}`} footer={null} onCancel={props.onClose} width={420} data-testid="agent-groups">
      <GroupSwitches agent={agent} onLeft={(left) => leaveGroupsOf(agent.agent_id, left)} />
    </Modal>
  );
}
