/** Makes or changes a field; subject, code and kind stay as they were made. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { OwnField } from "@huying/api";
import { AutoComplete, Button, Form, Input, Select, Space, Switch } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { addField, changeField } from "@/server/ownFields";
import { NameFields, namesOf } from "../NameFields";
import { choicesOf, codeFrom, draftOf, FIELD_CODE, hasChoices, KINDS, lastPlace, type FieldDraft } from "./draft";

interface FieldDialogProps {
  readonly subject: OwnField["subject"];
  /** The fields of the subject. */
  readonly fields: readonly OwnField[];
  readonly of: OwnField | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const EMPTY: FieldDraft = { code: "", kind: "text", name_zh: "", name_en: "", required: false, section: "", choices: [{}, {}] };

function Choices(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.List name="choices">
      {(rows, { add, remove }) => (
        <Form.Item label={t("own_field.choices")} required>
          {rows.map((row) => (
            <Space.Compact key={row.key} block style={{ marginBottom: 6 }}>
              <Form.Item name={[row.name, "name_zh"]} noStyle>
                <Input placeholder={LANGUAGES["zh-CN"]} aria-label={`${t("own_field.choice")} ${LANGUAGES["zh-CN"]}`} />
              </Form.Item>
              <Form.Item name={[row.name, "name_en"]} noStyle>
                <Input placeholder={LANGUAGES.en} aria-label={`${t("own_field.choice")} ${LANGUAGES.en}`} />
              </Form.Item>
              <Button icon={<DeleteOutlined />} onClick={() => remove(row.name)} aria-label={t("common.remove")} />
            </Space.Compact>
          ))}
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
            {t("own_field.add_choice")}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

function Inputs(props: { readonly made: boolean; readonly sections: readonly string[] }): ReactNode {
  const { t } = useTexts();
  const form = Form.useFormInstance<FieldDraft>();
  const kind = (Form.useWatch("kind", form) as FieldDraft["kind"] | undefined) ?? "text";
  return (
    <>
      <div onBlur={() => !props.made && !form.getFieldValue("code") && form.setFieldValue("code", codeFrom(String(form.getFieldValue("name_en") ?? "")))}>
        <NameFields />
      </div>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="kind" label={t("own_field.kind")}>
          <Select disabled={props.made} options={KINDS.map((value) => ({ value, label: t(`own_field_kind.${value}`) }))} data-testid="field-kind" />
        </Form.Item>
        <Form.Item name="code" label={t("own_field.code")} tooltip={t("own_field.code_hint")} rules={[{ required: true, pattern: FIELD_CODE, message: t("own_field.code_wrong") }]}>
          <Input disabled={props.made} maxLength={40} data-testid="field-code" />
        </Form.Item>
        <Form.Item name="section" label={t("own_field.section")} tooltip={t("own_field.section_hint")}>
          <AutoComplete options={props.sections.map((value) => ({ value }))} maxLength={60} />
        </Form.Item>
        <Form.Item name="required" label={t("own_field.required")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      {hasChoices(kind) && <Choices />}
    </>
  );
}

export function FieldDialog(props: FieldDialogProps): ReactNode {
  const { t, local } = useTexts();
  const { of, subject, fields } = props;
  const sections = [...new Set(fields.map((it) => it.section).filter(Boolean))];
  const store = (draft: FieldDraft): Promise<unknown> => {
    const told = { name: namesOf(draft), required: draft.required, section: draft.section, choices: hasChoices(draft.kind) ? choicesOf(draft.choices) : [] };
    return of ? changeField(of.id, told) : addField({ ...told, subject, code: draft.code, kind: draft.kind, position: lastPlace(fields) });
  };
  return (
    <FormDialog<FieldDraft> title={of ? local(of.name) : t("own_field.new")} initial={of ? draftOf(of) : EMPTY} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="field">
      <Inputs made={of !== null} sections={sections} />
    </FormDialog>
  );
}
