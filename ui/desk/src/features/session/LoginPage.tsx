/** The log-in. */
import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { ApiError } from "@huying/api";
import { Button, Form, Input } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure } from "@/parts/states";
import { useSessionActions } from "@/server/session";
import css from "./LoginPage.module.css";

interface Credentials {
  readonly login: string;
  readonly password: string;
}

export function LoginPage(props: { readonly appearance: ReactNode }): ReactNode {
  const { t } = useTexts();
  const { signIn } = useSessionActions();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async ({ login, password }: Credentials): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await signIn(login.trim(), password);
    } catch (reason) {
      setError(reason instanceof ApiError ? reason : new ApiError(0, "unreachable", ""));
      setBusy(false);
    }
  };
  return (
    <div className={css.page}>
      <div className={css.appearance}>{props.appearance}</div>
      <main className={css.card}>
        <div className={css.brand}>
          <img src="/huying.svg" alt="" />
          <div>
            <h1>{t("app.title")}</h1>
            <p>{t("session.motto")}</p>
          </div>
        </div>
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={submit} size="large">
          <Form.Item name="login" label={t("session.login")} rules={[{ required: true, message: t("session.login_missing") }]}>
            <Input prefix={<UserOutlined />} autoComplete="username" autoFocus spellCheck={false} data-testid="login-name" />
          </Form.Item>
          <Form.Item name="password" label={t("session.password")} rules={[{ required: true, message: t("session.password_missing") }]}>
            <Input.Password prefix={<LockOutlined />} autoComplete="current-password" data-testid="login-password" />
          </Form.Item>
          {error !== null && (
            <div className={css.error} data-testid="login-error">
              <Failure error={error} />
            </div>
          )}
          <Button type="primary" htmlType="submit" block loading={busy} data-testid="login-submit">
            {t("session.log_in")}
          </Button>
        </Form>
      </main>
    </div>
  );
}
