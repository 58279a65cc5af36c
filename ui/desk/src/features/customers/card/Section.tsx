/** A part of the customer's card: read first, changed in place. */
import { EditOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useFormCommand } from "@/parts/useFormCommand";
import { useMay } from "@/server/session";
import css from "./Card.module.css";

interface SectionProps<Fields extends object> {
  readonly title: string;
  readonly name: string;
  readonly initial: Partial<Fields>;
  readonly onSave: (fields: Fields) => Promise<unknown>;
  /** The inputs, when it is changed. */
  readonly inputs: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

function SectionForm<Fields extends object>(props: Pick<SectionProps<Fields>, "initial" | "onSave" | "inputs" | "name"> & { readonly onDone: () => void }): ReactNode {
  const { t } = useTexts();
  const [form] = Form.useForm<Fields>();
  const { save, busy } = useFormCommand(form);
  const submit = async (fields: Fields): Promise<void> => {
    if (await save(() => props.onSave(fields))) props.onDone();
  };
  const leave = (event: React.KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    props.onDone();
  };
  return (
    <div onKeyDown={leave}>
      <Form<Fields>
        form={form}
        layout="vertical"
        size="small"
        requiredMark={false}
        initialValues={props.initial}
        onFinish={(fields) => void submit(fields)}
        data-testid={`form-${props.name}`}
      >
        {props.inputs}
        <div className={css.acts}>
          <Button size="small" type="primary" htmlType="submit" loading={busy} data-testid={`save-${props.name}`}>
            {t("common.save")}
          </Button>
          <Button size="small" onClick={props.onDone}>
            {t("common.cancel")}
          </Button>
        </div>
      </Form>
    </div>
  );
}

export function Section<Fields extends object>(props: SectionProps<Fields>): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  return (
    <section className={`${css.section ?? ""} ${props.wide ? (css.wide ?? "") : ""}`} data-testid={`section-${props.name}`}>
      <header>
        <h3>{props.title}</h3>
        <span className="grow" />
        {!editing && may("customers.edit") && (
          <Button size="small" type="text" icon={<EditOutlined />} aria-label={t("customer.edit_part", { part: props.title })} onClick={() => setEditing(true)} data-testid={`edit-${props.name}`} />
        )}
      </header>
      {editing ? <SectionForm<Fields> {...props} onDone={() => setEditing(false)} /> : props.children}
    </section>
  );
}
