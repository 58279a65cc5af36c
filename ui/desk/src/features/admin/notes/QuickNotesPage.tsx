/** The team's quick notes: ready-made texts that everybody inserts by a slash and a key. */
import type { QuickNote } from "@huying/api";
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { QuickNoteDialog } from "@/parts/closing/QuickNoteDialog";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { quickNotesKey, removeTeamQuickNote, saveTeamQuickNote, useQuickNotes } from "@/server/work";

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
      {edited && <QuickNoteDialog note={edited === "new" ? null : edited} placed store={saveTeamQuickNote} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
