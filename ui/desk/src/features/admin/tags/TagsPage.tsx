/** Classes of customers, and tags: those that are offered to everybody, and those that people wrote. */
import { PlusOutlined } from "@ant-design/icons";
import type { Tag } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, ColorPicker, Form, Input, Popconfirm, Switch, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useTags } from "@/server/customers";
import { useMay } from "@/server/session";
import { addTag, changeTag, removeTag } from "@/server/tags";
import { Classes } from "../callers/Classes";

interface Fields {
  readonly name: string;
  readonly colour: string;
  readonly listed: boolean;
}

function TagDialog(props: { readonly of: Tag | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { of } = props;
  const store = (fields: Fields): Promise<unknown> => (of ? changeTag(of.id, fields) : addTag({ name: fields.name, colour: fields.colour }));
  return (
    <FormDialog<Fields>
      title={of ? of.name : t("tag.new")}
      initial={{ name: of?.name ?? "", colour: of?.colour ?? "", listed: of?.listed ?? true }}
      onSave={store}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="tag"
    >
      <Form.Item name="name" label={t("queue.name")} rules={[{ required: true, whitespace: true, message: t("common.missing") }]}>
        <Input maxLength={60} autoFocus data-testid="tag-name" />
      </Form.Item>
      <Form.Item name="colour" label={t("tag.colour")} getValueFromEvent={(colour: { toHexString: () => string; cleared?: unknown } | null) => (colour && !colour.cleared ? colour.toHexString().slice(0, 7) : "")}>
        <ColorPicker allowClear disabledAlpha showText />
      </Form.Item>
      {of && (
        <Form.Item name="listed" label={t("tag.listed")} extra={t("tag.listed_hint")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </FormDialog>
  );
}

function Dot(props: { readonly colour: string }): ReactNode {
  return <span style={{ display: "inline-block", width: 10, height: 10, borderRadius: 3, marginRight: 8, background: props.colour || "var(--line)" }} aria-hidden />;
}

export default function TagsPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const client = useQueryClient();
  const { run } = useCommand();
  const query = useTags();
  const [edited, setEdited] = useState<Tag | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => ["customer-tags", "customers", "changes"].includes(String(queryKey[0])) });
  const acts = (row: Tag): ReactNode => (
    <span className="row" style={{ gap: 0 }}>
      <Button size="small" type="link" onClick={() => setEdited(row)} data-testid={`edit-tag-${row.name}`}>
        {t("common.edit")}
      </Button>
      <Popconfirm title={t("tag.remove", { count: row.used })} onConfirm={() => void run(() => removeTag(row.id)).then(renew)}>
        <Button size="small" type="link" danger>
          {t("common.remove")}
        </Button>
      </Popconfirm>
    </span>
  );
  return (
    <div className="page" data-testid="tags-page">
      <div className="page-head">
        <h1>{t("admin_area.tags")}</h1>
      </div>
      {may("queues.manage") && <Classes />}
      <section className="panel">
        <header>
          <h2>{t("tag.title")}</h2>
          <span className="quiet ellipsis grow">{t("tag.hint")}</span>
          {may("customers.manage") && (
            <Button size="small" type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-tag">
              {t("tag.new")}
            </Button>
          )}
        </header>
        <Loaded query={query}>
          {(tags) => (
            <Table<Tag>
              size="small"
              rowKey="id"
              dataSource={[...tags]}
              pagination={{ pageSize: 50, hideOnSinglePage: true }}
              locale={{ emptyText: <Nothing title={t("tag.none")} hint={t("tag.none_hint")} /> }}
              columns={[
                {
                  key: "name",
                  title: t("queue.name"),
                  render: (_, row) => (
                    <>
                      <Dot colour={row.colour} />
                      {row.name}
                    </>
                  ),
                },
                { key: "listed", title: t("tag.listed"), width: 140, render: (_, row) => t(row.listed ? "common.yes" : "common.no") },
                { key: "used", title: t("tag.used"), width: 110, align: "right", className: "num", dataIndex: "used" },
                ...(may("customers.manage") ? [{ key: "acts", title: "", width: 150, render: (_: unknown, row: Tag) => acts(row) }] : []),
              ]}
            />
          )}
        </Loaded>
      </section>
      {edited && <TagDialog of={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
