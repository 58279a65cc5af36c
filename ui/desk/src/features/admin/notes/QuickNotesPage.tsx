/** The team's quick notes: ready-made texts that everybody inserts by a slash and a key. */
import type { QuickNote } from "@huying/api";
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { quickNotesKey, removeTeamQuickNote, saveTeamQuickNote, useQuickNotes } from "@/server/work";

type Fields = Pick<QuickNote, "title" | "text" | "key" | "position">;

function NoteDialog(props: { readonly note: QuickNote | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { note } = props;
  const store = (fields: Fields): Promise<unknown> => saveTeamQuickNote(note?.id ?? crypto.randomUUID(), fields);
  return (
    <FormDialog<Fields> title={note?.title ?? t("quick_notes.new")} initial={note ?? { position: 0, key: "" }} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="quick-note">
      <Form.Item name="title" label={t("quick_notes.title")} rules={[{ required: true, message: t("common.missing") }]}>
        <Input autoFocus maxLength={80} data-testid="quick-note-title" />
      </Form.Item>
      <Form.Item name="text" label={t("quick_notes.text")} extra={t("quick_notes.placeholders")} rules={[{ required: true, message: t("common.missing") }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} data-testid="quick-note-text" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="key" label={t("quick_notes.key")} rules={[{ pattern: /^[a-z0-9-]{0,20}$/, message: t("quick_notes.key_hint") }]}>
          <Input prefix="/" data-testid="quick-note-key" />
        </Form.Item>
        <Form.Item name="position" label={t("dispositions.position")}>
          <InputNumber min={0} max={10000} style={{ width: "100%" }} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}

export default function QuickNotesPage(): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run } = useCommand();
  const query = useQuickNotes();
  const [edited, setEdited] = useState<QuickNote | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => [quickNotesKey[0], "changes"].includes(String(queryKey[0])) });
  const columns: TableColumnsType<QuickNote> = [
    { key: "key", title: t("quick_notes.key"), width: 120, render: (_, row) => (row.key ? `/${row.key}` : "") },
    { key: "title", title: t("quick_notes.title"), width: 220, render: (_, row) => <b>{row.title}</b> },
    { key: "text", title: t("quick_notes.text"), dataIndex: "text", ellipsis: true },
    {
      key: "do",
      title: "",
      width: 150,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("choices.remove", { name: row.title })} onConfirm={() => void run(() => removeTeamQuickNote(row.id)).then(renew)}>
            <Button size="small" type="link" danger>
              {t("common.remove")}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <div className="page" data-testid="quick-notes-page">
      <div className="page-head">
        <h1>{t("admin_area.quick_notes")}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-quick-note">
          {t("quick_notes.new")}
        </Button>
      </div>
      {query.error ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <section className="panel">
          <Table<QuickNote>
            size="small"
            rowKey="id"
            dataSource={(query.data ?? []).filter((it) => it.person_id === null)}
            columns={columns}
            loading={query.isPending}
            pagination={false}
            locale={{ emptyText: <Nothing title={t("quick_notes.none")} hint={t("quick_notes.none_hint")} /> }}
          />
        </section>
      )}
      {edited && <NoteDialog note={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
