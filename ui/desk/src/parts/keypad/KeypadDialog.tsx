/** One's own telephone: the codes to know, and the PIN by which one hears messages. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { codesKey, savePin, useCodes } from "@/server/keypad";
import { CodesTable } from "./CodesTable";
import "./texts";

function Pin(props: { readonly isSet: boolean }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const client = useQueryClient();
  const [form] = Form.useForm<{ pin: string }>();
  const save = async ({ pin }: { pin: string }): Promise<void> => {
    if (!(await run(() => savePin(pin)))) return;
    form.resetFields();
    void message.success(t("common.saved"));
    await client.invalidateQueries({ queryKey: codesKey });
  };
  return (
    <Form form={form} layout="inline" onFinish={(given) => void save(given)} autoComplete="off">
      <Form.Item name="pin" label={t("keypad.pin")} extra={t(props.isSet ? "keypad.pin_set" : "keypad.pin_not_set")} rules={[{ required: true, pattern: /^[0-9]{4,8}$/, message: t("keypad.pin_hint") }]}>
        <Input.Password inputMode="numeric" autoComplete="new-password" maxLength={8} style={{ width: 160 }} data-testid="phone-pin" />
      </Form.Item>
      <Button htmlType="submit" loading={busy} data-testid="phone-pin-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}

export function KeypadDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const query = useCodes();
  return (
    <Modal open onCancel={props.onClose} footer={null} title={t("keypad.title")} width={640}>
      <p className="quiet">{t("keypad.hint")}</p>
      <Loaded query={query}>
        {(found) => (
          <div data-testid="keypad-codes">
            <Pin isSet={found.has_pin} />
            <div style={{ height: 16 }} />
            <CodesTable codes={found.items} />
          </div>
        )}
      </Loaded>
    </Modal>
  );
}
