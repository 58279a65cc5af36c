/** A message in my mailbox, or one of a queue that I have taken: hear it, call back, done. */
import type { Message } from "@huying/api";
import { CheckOutlined } from "@ant-design/icons";
import { Badge, Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock, phoneNumber } from "@/parts/format";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { finishMessage } from "@/server/later";
import { Sound } from "./Sound";
import css from "./Work.module.css";

export function MessageRow(props: { readonly message: Message }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { run, busy } = useCommand();
  const { message } = props;
  const from = message.name || phoneNumber(message.number) || t("work.unknown");
  return (
    <li data-testid="my-message">
      <div>
        <div className={css.title}>
          {message.state === "new" && <Badge status="processing" />} {from}
        </div>
        <div className={css.small}>
          <span>{times.shortTime(message.left_at)}</span>
          <span className="num">{clock(message.seconds)}</span>
          {message.name && <span className="num">{phoneNumber(message.number)}</span>}
        </div>
      </div>
      <Sound id={message.id} />
      <Button size="small" icon={<CheckOutlined />} aria-label={`${t("work.done")}: ${from}`} onClick={() => void run(() => finishMessage(message.id, ""))} disabled={busy} data-testid="message-done" />
    </li>
  );
}
