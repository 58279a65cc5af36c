/** Refuses what rings: at once, or saying why. */
import { CloseOutlined, DownOutlined } from "@ant-design/icons";
import { Button, Dropdown, Space } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { refuseBecause } from "@/server/callOperations";
import { CallButton } from "./CallButton";

const REASONS = ["busy", "equipment", "language", "subject", "pause", "other"] as const;

export function Refuse(props: { readonly contactId: string }): ReactNode {
  const { t, code } = useTexts();
  const { run, busy } = useCommand();
  const refuse = (reason: string): void => void run(() => refuseBecause(props.contactId, reason));
  const items = REASONS.map((key) => ({ key, label: <span data-testid={`refuse-${key}`}>{code("refusal", key)}</span> }));
  return (
    <Space.Compact>
      <CallButton testId="refuse" label="call.refuse" icon={<CloseOutlined />} wide busy={busy} onPress={() => refuse("")} />
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => refuse(key) }}>
        <Button icon={<DownOutlined />} aria-label={t("call.refuse_why")} title={t("call.refuse_why")} data-testid="refuse-why" />
      </Dropdown>
    </Space.Compact>
  );
}
