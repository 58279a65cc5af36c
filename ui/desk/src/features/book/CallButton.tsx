/** Calls one of one's own targets; flows and mailboxes cannot be called by themselves. */
import { PhoneOutlined } from "@ant-design/icons";
import type { OwnTarget } from "@huying/api";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { dialTarget } from "@/server/targets";
import { useTargetName } from "./useTargetName";

export function CallButton(props: { readonly target: OwnTarget }): ReactNode {
  const { t } = useTexts();
  const name = useTargetName();
  const { run, busy } = useCommand();
  const { target } = props;
  if (target.kind !== "agent" && target.kind !== "number") return null;
  return <Button size="small" icon={<PhoneOutlined />} loading={busy} onClick={() => void run((knowing) => dialTarget(target, knowing))} aria-label={t("book.call", { name: name(target) })} />;
}
