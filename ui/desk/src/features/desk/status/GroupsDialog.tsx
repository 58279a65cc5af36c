/** For which of my groups I work now. */
import type { AgentRow } from "@huying/api";
import { Modal } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { GroupSwitches } from "@/parts/GroupSwitches";
import { leaveGroups } from "@/server/desk";

export function GroupsDialog(props: { readonly agent: AgentRow; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  return (
    <Modal open title={t("groups.mine")} footer={null} onCancel={props.onClose} width={420} data-testid="groups-dialog">
      <p className="quiet">{t("groups.hint")}</p>
      <GroupSwitches agent={props.agent} onLeft={leaveGroups} />
    </Modal>
  );
}
