/** What one can do with a message: take, give back, finish with a note, open again. */
import type { Message } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Space } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { finishMessage, giveMessageBack, messagesKey, reopenMessage, takeMessage } from "@/server/later";

export function MessageButtons(props: { readonly message: Message; readonly mine: boolean }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const [closing, setClosing] = useState(false);
  const [note, setNote] = useState("");
  const { message, mine } = props;
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    await run(work);
    setClosing(false);
    await client.invalidateQueries({ queryKey: messagesKey });
  };
  const button = (id: string, label: string, press: () => void): ReactNode => (
    <Button size="small" disabled={busy} onClick={press} data-testid={`message-${id}`}>
      {t(label)}
    </Button>
  );
  if (message.state === "done") return button("reopen", "later.reopen", () => void act(() => reopenMessage(message.id)));
  if (!mine) return message.taken_by ? null : button("take", "later.take", () => void act(() => takeMessage(message.id)));
  return (
    <Space size={4}>
      {button("give-back", "later.give_back", () => void act(() => giveMessageBack(message.id)))}
      {button("done", "later.done", () => setClosing(true))}
      <Modal open={closing} title={t("later.done_title")} okText={t("later.done")} cancelText={t("common.cancel")} onOk={() => void act(() => finishMessage(message.id, note))} onCancel={() => setClosing(false)}>
        <Input.TextArea rows={3} maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} aria-label={t("later.note")} data-testid="message-note" />
      </Modal>
    </Space>
  );
}
