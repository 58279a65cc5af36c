/** The designer of the business's own fields: the list in the form's order, and beside it the form as people will see it. */
import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from "@ant-design/icons";
import type { OwnField } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Popconfirm, Segmented, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { OwnFieldItems } from "@/parts/customer/OwnFieldItems";
import { Pill } from "@/parts/pills";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { changeField, useAllFields } from "@/server/ownFields";
import { useMay } from "@/server/session";
import { moved } from "./draft";
import { FieldDialog } from "./FieldDialog";
import css from "./Fields.module.css";

const SUBJECTS = ["customer", "company", "asset"] as const;

interface ListProps {
  readonly fields: readonly OwnField[];
  readonly onEdit: (field: OwnField) => void;
  readonly onChanged: () => void;
}

function Acts(props: ListProps & { readonly of: OwnField; readonly shown: readonly OwnField[] }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const { of, shown } = props;
  const change = (work: () => Promise<unknown>): void => void run(work).then(props.onChanged);
  const move = (by: -1 | 1): void =>
    change(async () => {
      for (const it of moved(shown, of.id, by)) await changeField(it.id, { position: it.position });
    });
  if (!of.active) {
    return (
      <Button size="small" type="link" onClick={() => change(() => changeField(of.id, { active: true }))}>
        {t("own_field.bring_back")}
      </Button>
    );
  }
  return (
    <span className="row" style={{ gap: 0 }}>
      <Button size="small" type="text" icon={<ArrowUpOutlined />} disabled={busy || shown[0] === of} onClick={() => move(-1)} aria-label={t("own_field.up")} />
      <Button size="small" type="text" icon={<ArrowDownOutlined />} disabled={busy || shown.at(-1) === of} onClick={() => move(1)} aria-label={t("own_field.down")} />
      <Button size="small" type="link" onClick={() => props.onEdit(of)} data-testid={`edit-field-${of.code}`}>
        {t("common.edit")}
      </Button>
      <Popconfirm title={t("own_field.take_away")} description={t("own_field.take_away_hint")} onConfirm={() => change(() => changeField(of.id, { active: false }))}>
        <Button size="small" type="link" danger>
          {t("common.remove")}
        </Button>
      </Popconfirm>
    </span>
  );
}

function FieldList(props: ListProps): ReactNode {
  const { t, local } = useTexts();
  const may = useMay();
  const shown = props.fields.filter((it) => it.active);
  const columns: TableColumnsType<OwnField> = [
    {
      key: "name",
      title: t("queue.name"),
      render: (_, row) => (
        <span className={row.active ? "" : "quiet"}>
          <b>{local(row.name)}</b> {row.required && <span title={t("own_field.required")}>*</span>} <span className="quiet">{row.code}</span> {!row.active && <Pill tone="idle">{t("own_field.gone")}</Pill>}
        </span>
      ),
    },
    { key: "kind", title: t("own_field.kind"), width: 110, render: (_, row) => t(`own_field_kind.${row.kind}`) },
    { key: "section", title: t("own_field.section"), width: 120, dataIndex: "section", ellipsis: true },
    ...(may("customers.manage") ? [{ key: "acts", title: "", width: 210, render: (_: unknown, row: OwnField) => <Acts {...props} of={row} shown={shown} /> }] : []),
  ];
  return (
    <Table<OwnField>
      size="small"
      rowKey="id"
      dataSource={[...shown, ...props.fields.filter((it) => !it.active)]}
      columns={columns}
      pagination={false}
      locale={{ emptyText: <Nothing title={t("own_field.none")} hint={t("own_field.none_hint")} /> }}
    />
  );
}

export default function FieldsPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const client = useQueryClient();
  const query = useAllFields();
  const [subject, setSubject] = useState<OwnField["subject"]>("customer");
  const [edited, setEdited] = useState<OwnField | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => ["own-fields", "changes"].includes(String(queryKey[0])) });
  const fields = (query.data ?? []).filter((it) => it.subject === subject);
  return (
    <div className="page" data-testid="fields-page">
      <div className="page-head">
        <h1>{t("admin_area.fields")}</h1>
        <Segmented<OwnField["subject"]> options={SUBJECTS.map((value) => ({ value, label: t(`own_field_subject.${value}`) }))} value={subject} onChange={setSubject} />
        <span className="grow" />
        {may("customers.manage") && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-field">
            {t("own_field.new")}
          </Button>
        )}
      </div>
      <div className={css.columns}>
        <section className="panel">
          <Loaded query={query}>{() => <FieldList fields={fields} onEdit={setEdited} onChanged={renew} />}</Loaded>
        </section>
        <section className="panel" data-testid="form-preview">
          <header>
            <h2>{t("own_field.preview")}</h2>
            <span className="quiet ellipsis">{t("own_field.preview_hint")}</span>
          </header>
          <div className="body">
            {fields.some((it) => it.active) ? (
              <Form layout="vertical" key={subject}>
                <OwnFieldItems fields={fields.filter((it) => it.active)} />
              </Form>
            ) : (
              <Nothing title={t("own_field.none")} />
            )}
          </div>
        </section>
      </div>
      {edited && <FieldDialog subject={subject} fields={fields} of={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
