/** The fields of a name in both languages. */
import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";

export interface NameInputs {
  readonly name_zh: string;
  readonly name_en: string;
}

/** The names as the server keeps them; a language that is left empty is left out. */
export function namesOf(fields: NameInputs): Record<string, string> {
  const names = { "zh-CN": fields.name_zh.trim(), en: fields.name_en.trim() };
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== ""));
}

export function NameFields(): ReactNode {
  const { t } = useTexts();
  const label = (language: string): string => `${t("queue.name")} (${language})`;
  return (
    <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
      <Form.Item name="name_zh" label={label(LANGUAGES["zh-CN"])} rules={[{ required: true, message: t("common.missing") }]}>
        <Input autoFocus maxLength={100} data-testid="name-zh" />
      </Form.Item>
      <Form.Item name="name_en" label={label(LANGUAGES.en)} rules={[{ required: true, message: t("common.missing") }]}>
        <Input maxLength={100} data-testid="name-en" />
      </Form.Item>
    </div>
  );
}
