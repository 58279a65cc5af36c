/** Beside the status: whether calls for oneself ring, and where they go otherwise. One press turns do not disturb on and off. */
import { BellOutlined, SettingOutlined, StopOutlined } from "@ant-design/icons";
import { Button, Space, Tooltip } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ReachDialog } from "@/parts/reach/ReachDialog";
import { useQuiet } from "@/parts/reach/useQuiet";
import { useReach } from "@/server/dialling";

export function ReachButton(): ReactNode {
  const { t } = useTexts();
  const { on: quiet, turn, busy } = useQuiet();
  const [open, setOpen] = useState(false);
  const mine = useReach(null).data;
  if (!mine) return null;
  const away = quiet ? t("reach.dnd_on") : mine.always ? t("reach.forwarding_on") : "";
  return (
    <Space.Compact>
      <Tooltip title={away || t("reach.dnd")}>
        <Button icon={quiet ? <StopOutlined /> : <BellOutlined />} danger={quiet} loading={busy} aria-pressed={quiet} aria-label={t("reach.dnd")} onClick={turn} data-testid="dnd">
          {away}
        </Button>
      </Tooltip>
      <Button icon={<SettingOutlined />} aria-label={t("reach.title")} onClick={() => setOpen(true)} data-testid="reach-open" />
      {open && <ReachDialog agentId={null} name="" onClose={() => setOpen(false)} />}
    </Space.Compact>
  );
}
