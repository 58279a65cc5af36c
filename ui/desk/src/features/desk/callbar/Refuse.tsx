/** Refuses what rings: at once, or saying why. */
import { CloseOutlined } from "@ant-design/icons";
import { Space } from "antd";
import type { ReactNode } from "react";
import { RefuseMenu } from "@/parts/RefuseMenu";
import { useCommand } from "@/parts/useCommand";
import { refuseBecause } from "@/server/callOperations";
import { CallButton } from "./CallButton";

export function Refuse(props: { readonly contactId: string }): ReactNode {
  const { run, busy } = useCommand();
  const refuse = (reason: string): void => void run(() => refuseBecause(props.contactId, reason));
  return (
    <Space.Compact>
      <CallButton testId="refuse" label="call.refuse" icon={<CloseOutlined />} wide busy={busy} onPress={() => refuse("")} />
      <RefuseMenu label="call.refuse_why" testId="refuse" onChoose={refuse} />
    </Space.Compact>
  );
}
