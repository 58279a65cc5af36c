/** One disposition: its names, where it stands, and what it asks for. */
import type { Disposition } from "@huying/api";
import { Checkbox, Form, Input, InputNumber, TreeSelect } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { saveDisposition } from "@/server/setup";
import { NameFields, namesOf, type NameInputs } from "../NameFields";
import { CODE } from "../names";
import type { Edited } from "./DispositionsPage";

type Fields = NameInputs & {
  readonly code: string;
  readonly parent_id?: string | null;
  readonly position?: number | null;
  readonly note_required?: boolean;
  readonly follow_up_required?: boolean;
  readonly date_required?: boolean;
};

interface DialogProps {
  readonly edited: Edited;
  readonly all: readonly Disposition[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function DispositionDialog(props: DialogProps): ReactNode {
  const { t, local } = useTexts();
  const { disposition: it, parentId } = props.edited;
  const initial: Partial<Fields> = it
    ? { ...it, name_zh: it.name["zh-CN"] ?? "", name_en: it.name.en ?? "" }
    : { parent_id: parentId, note_required: false, follow_up_required: false, date_required: false };
  const store = (fields: Fields): Promise<unknown> =>
    saveDisposition(fields.code, {
      name: namesOf(fields),
      active: true,
      parent_id: fields.parent_id ?? null,
      position: fields.position ?? null,
      note_required: fields.note_required ?? false,
      follow_up_required: fields.follow_up_required ?? false,
      date_required: fields.date_required ?? false,
    });
  const places = props.all.filter((one) => one.active && one.id !== it?.id).map((one) => ({ id: one.id, pId: one.parent_id ?? "", value: one.id, title: local(one.name) }));
  return (
    <FormDialog<Fields> title={it ? local(it.name) : t("choices.new_disposition")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="disposition">
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: CODE, message: t("queue.code_hint") }]}>
        <Input disabled={it !== null} data-testid="disposition-code" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "2fr 1fr", columnGap: 16 }}>
        <Form.Item name="parent_id" label={t("dispositions.below")}>
          <TreeSelect allowClear treeDataSimpleMode={{ id: "id", pId: "pId", rootPId: "" }} treeData={places} placeholder={t("dispositions.outermost")} treeDefaultExpandAll />
        </Form.Item>
        <Form.Item name="position" label={t("dispositions.position")}>
          <InputNumber min={0} max={100000} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      {(["note_required", "follow_up_required", "date_required"] as const).map((name) => (
        <Form.Item key={name} name={name} valuePropName="checked" style={{ marginBottom: 4 }}>
          <Checkbox>{t(`dispositions.${name}`)}</Checkbox>
        </Form.Item>
      ))}
    </FormDialog>
  );
}
