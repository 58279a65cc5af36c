/** One's own password. The present one proves who it is; other sessions end. */
import { take } from "@huying/api";
import { App, Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { api } from "@/server/api";

interface Fields {
  readonly present: string;
  readonly password: string;
}

export function PasswordDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const missing = [{ required: true, message: t("common.missing") }];
  return (
    <FormDialog<Fields>
      title={t("session.change_password")}
      initial={{}}
      onSave={(body) => take(api.POST("/api/session/password", { body }))}
      onSaved={() => void message.success(t("common.saved"))}
      onClose={props.onClose}
      testId="own-password"
    >
      <Form.Item name="present" label={t("session.present_password")} rules={missing}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="password" label={t("session.new_password")} rules={missing} extra={t("session.new_password_hint")}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
