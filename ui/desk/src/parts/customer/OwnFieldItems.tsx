/** The business's own fields as inputs of a form, under their headings. */
import type { OwnField } from "@huying/api";
import { Form, Input, InputNumber, Radio, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { bySection } from "./ownFields";
import css from "./OwnFields.module.css";

function OwnFieldInput(props: { readonly field: OwnField; readonly value?: never; readonly onChange?: never; readonly id?: string }): ReactNode {
  const { t, local } = useTexts();
  const { field, ...control } = props;
  const options = field.choices.map((it) => ({ value: it.code, label: local(it.name) }));
  switch (field.kind) {
    case "number":
      return <InputNumber {...control} style={{ width: "100%" }} />;
    case "date":
      return <DatePicker {...control} style={{ width: "100%" }} />;
    case "choice":
      return <Select {...control} allowClear showSearch={{ optionFilterProp: "label" }} options={options} />;
    case "multi":
      return <Select {...control} mode="multiple" showSearch={{ optionFilterProp: "label" }} options={options} />;
    case "yes_no":
      return (
        <Radio.Group
          {...control}
          options={[
            { value: true, label: t("common.yes") },
            { value: false, label: t("common.no") },
          ]}
        />
      );
    case "text":
      return <Input.TextArea {...control} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={4000} />;
    default:
      return <Input {...control} type={field.kind === "phone" ? "tel" : field.kind} maxLength={500} />;
  }
}

export function OwnFieldItems(props: { readonly fields: readonly OwnField[]; readonly prefix?: string }): ReactNode {
  const { t, local } = useTexts();
  return bySection(props.fields).map(([section, fields]) => (
    <div key={section}>
      {section && <h4 className={css.section}>{section}</h4>}
      <div className={css.grid}>
        {fields.map((field) => (
          <Form.Item
            key={field.code}
            name={[props.prefix ?? "fields", field.code]}
            label={local(field.name)}
            rules={field.required ? [{ required: true, message: t("common.missing") }] : []}
            className={field.kind === "text" ? (css.wide ?? "") : ""}
          >
            <OwnFieldInput field={field} />
          </Form.Item>
        ))}
      </div>
    </div>
  ));
}
