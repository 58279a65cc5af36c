/** Closing a contact that went by without a disposition. */
import { Modal } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ClosingFields, type ClosingValue } from "@/parts/closing/ClosingFields";
import { useFilling } from "@/parts/closing/useFilling";
import { useCommand } from "@/parts/useCommand";
import { saveWrapUp } from "@/server/desk";
import type { Unclosed } from "./useWork";
import css from "./Work.module.css";

export function CloseDialog(props: { readonly contact: Unclosed; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const [value, setValue] = useState<ClosingValue>({ disposition: "", note: "" });
  const filling = useFilling(props.contact.name, props.contact.number, props.contact.queue_id);
  const { contact_id: contactId, number, name, queue_id: queueId } = props.contact;
  const about = { contactId, number, name, queueId };
  const save = async (): Promise<void> => {
    const body = { disposition: value.disposition, note: value.note, follow_up: value.followUp ?? null };
    if (await run(() => saveWrapUp(props.contact.contact_id, body))) props.onClose();
  };
  return (
    <Modal
      open
      mask={{ closable: false }}
      title={t("work.close_title", { name: props.contact.name || props.contact.number })}
      onCancel={props.onClose}
      onOk={() => void save()}
      okText={t("common.save")}
      okButtonProps={{ disabled: !value.disposition, "data-testid": "close-save" }}
      confirmLoading={busy}
    >
      <div className={css.form}>
        <ClosingFields about={about} atHand={false} value={value} onChange={(part) => setValue({ ...value, ...part })} filling={filling} followed={false} mayFollow />
      </div>
    </Modal>
  );
}
