/** A button that says until when: keep work for later, or be reminded again. */
import { ClockCircleOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { serverNow } from "@/server/clock";
import { LATER, momentOf, type Later } from "./later";

export function LaterMenu(props: { readonly label: string; readonly onChoose: (until: string) => void; readonly testId: string; readonly loading?: boolean }): ReactNode {
  const { t } = useTexts();
  const items = LATER.map((key) => ({ key, label: <span data-testid={`${props.testId}-${key}`}>{t(`work.later.${key}`)}</span> }));
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => props.onChoose(momentOf(key as Later, serverNow())) }}>
      <Button size="small" icon={<ClockCircleOutlined />} loading={props.loading ?? false} data-testid={props.testId}>
        {props.label}
      </Button>
    </Dropdown>
  );
}
