/** A dialog with a form that saves: closes when the server has taken it, stays with the message when not. */
import { Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "./useCommand";

interface FormDialogProps<Fields extends object> {
  readonly title: string;
  readonly initial: Partial<Fields>;
  readonly onSave: (fields: Fields) => Promise<unknown>;
  readonly onSaved?: (() => void) | undefined;
  readonly onClose: () => void;
  readonly testId: string;
  readonly children: ReactNode;
}

export function FormDialog<Fields extends object>(props: FormDialogProps<Fields>): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const [form] = Form.useForm<Fields>();
  const submit = async (fields: Fields): Promise<void> => {
    if (!(await run(() => props.onSave(fields)))) return;
    props.onSaved?.();
    props.onClose();
  };
  return (
    <Modal
      open
      title={props.title}
      // A click beside it must not lose what was written.
      mask={{ closable: false }}
      onCancel={props.onClose}
      onOk={() => form.submit()}
      okText={t("common.save")}
      confirmLoading={busy}
      okButtonProps={{ "data-testid": `${props.testId}-save` }}
    >
      <Form<Fields> form={form} layout="vertical" onFinish={(fields) => void submit(fields)} initialValues={props.initial} autoComplete="off" data-testid={props.testId}>
        {props.children}
        {/* Enter in a field saves: that takes a submit button within the form. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Modal>
  );
}
