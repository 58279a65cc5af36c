/** Messages that nobody has heard yet, in one's own mailbox and those of one's queues, counted live; a press leads to them. */
import { Badge } from "antd";
import { SoundOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "@/i18n";
import { useWorkTable } from "@/live/LiveProvider";

interface Unheard {
  readonly new_messages?: number;
  readonly new_queue_messages?: number;
}

export function MessagesWaiting(): ReactNode {
  const { t } = useTexts();
  const { new_messages: own = 0, new_queue_messages: team = 0 } = (useWorkTable().rows.waiting as Unheard | undefined) ?? {};
  const count = own + team;
  if (count === 0) return null;
  const text = t("messages_waiting", { count, own, team });
  return (
    <Link to="/later" title={text} aria-label={text} data-testid="messages-waiting" data-count={count} style={{ padding: "0 6px" }}>
      <Badge count={count} size="small">
        <SoundOutlined style={{ fontSize: 16 }} />
      </Badge>
    </Link>
  );
}
