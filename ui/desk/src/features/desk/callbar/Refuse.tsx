/** Refuses what rings: at once, or saying why. */
import { CloseOutlined, DownOutlined } from "@ant-design/icons";
import { Button, Dropdown, Space } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { REFUSALS, refuseBecause, type Refusal } from "@/server/callOperations";
import { CallButton } from "./CallButton";

export function Refuse(props: { readonly contactId: string }): ReactNode {
  const { t, code } = useTexts();
  const { run, busy } = useCommand();
  const refuse = (reason: Refusal): void => void run(() => refuseBecause(props.contactId, reason));
  const items = REFUSALS.map((key) => ({ key, label: <span data-testid={`refuse-${key}`}>{code("refusal", key)}</span> }));
  return (
    <Space.Compact>
      <CallButton testId="refuse" label="call.refuse" icon={<CloseOutlined />} wide busy={busy} onPress={() => refuse("")} />
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => refuse(key as Refusal) }}>
        <Button icon={<DownOutlined />} aria-label={t("call.refuse_why")} title={t("call.refuse_why")} data-testid="refuse-why" />
      </Dropdown>
    </Space.Compact>
  );
}
