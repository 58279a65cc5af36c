/** Makes or changes a person. An empty password leaves it as it is. */
import type { Person } from "@huying/api";
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { addPerson, changePerson, setPassword } from "@/server/people";

const ROLES = ["agent", "reviewer", "knowledge_editor", "lead", "manager", "administrator"];

/** As the server wants it. */
const LOGIN = /^\s*[\p{L}\p{N}_.@+-]{2,100}\s*$/u;

interface Fields {
  readonly login: string;
  readonly name: string;
  readonly roles: string[];
  readonly language: string;
  readonly password?: string;
}

async function store(person: Person | null, fields: Fields): Promise<void> {
  const { login, name, roles, language, password } = fields;
  if (!person) {
    await addPerson({ login, name, roles, language, password: password || null });
    return;
  }
  await changePerson(person.id, { name, roles, language });
  if (password) await setPassword(person.id, password);
}

export function PersonDialog(props: { readonly person: Person | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, code } = useTexts();
  const { person } = props;
  const missing = [{ required: true, message: t("common.missing") }];
  return (
    <FormDialog<Fields>
      title={person ? t("person.edit") : t("person.new")}
      initial={person ?? { roles: ["agent"], language: "zh-CN" }}
      onSave={(fields) => store(person, fields)}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="person"
    >
      <Form.Item name="name" label={t("person.name")} rules={missing}>
        <Input autoFocus maxLength={200} data-testid="person-name" />
      </Form.Item>
      <Form.Item name="login" label={t("person.login")} rules={person ? [] : [...missing, { pattern: LOGIN, message: t("person.login_rule") }]}>
        <Input maxLength={100} disabled={person !== null} data-testid="person-login" />
      </Form.Item>
      <Form.Item name="roles" label={t("person.roles")} rules={missing}>
        <Select mode="multiple" options={ROLES.map((value) => ({ value, label: code("role", value) }))} />
      </Form.Item>
      <Form.Item name="language" label={t("person.language")}>
        <Select options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="password" label={t("person.password")} extra={person ? t("person.password_keep") : t("person.password_hint")} rules={[{ min: 8, message: t("person.password_short") }]}>
        <Input.Password autoComplete="new-password" data-testid="person-password" />
      </Form.Item>
    </FormDialog>
  );
}
