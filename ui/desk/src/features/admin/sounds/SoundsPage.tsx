/** Standard recordings: what agents let customers hear while they do something else. */
import { EditOutlined, PlusOutlined } from "@ant-design/icons";
import type { KeptSound } from "@huying/api";
import { Button, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { Loaded, Nothing } from "@/parts/states";
import { useNames } from "@/server/names";
import { soundUrl, useStandardSounds } from "@/server/sounds";
import { SoundDialog } from "./SoundDialog";

export default function SoundsPage(): ReactNode {
  const { t, local } = useTexts();
  const names = useNames();
  const query = useStandardSounds();
  const [edited, setEdited] = useState<KeptSound | "new" | null>(null);
  const columns: TableColumnsType<KeptSound> = [
    { key: "name", title: t("sounds.name"), width: 200, ellipsis: true, render: (_, row) => local(row.name) },
    { key: "code", title: t("sounds.code"), width: 96, render: (_, row) => row.code },
    ...Object.entries(LANGUAGES).map(([language, label]) => ({
      key: language,
      title: label,
      width: 190,
      render: (_: unknown, row: KeptSound) =>
        row.versions[language] ? (
          <span className="row">
            <audio controls preload="none" src={`${soundUrl(row.id, language)}?v=${row.versions[language].file ?? row.versions[language].prompt ?? ""}`} style={{ height: 28, width: 150 }} data-testid={`sound-${row.code}-${language}`} />
            <span className="num quiet">{clock(row.seconds[language] ?? 0)}</span>
          </span>
        ) : (
          <span className="quiet">–</span>
        ),
    })),
    { key: "queues", title: t("sounds.queues"), width: 140, ellipsis: true, render: (_, row) => (row.queue_ids.length ? row.queue_ids.map(names.queue).join(" · ") : t("sounds.all_queues")) },
    { key: "active", title: "", width: 72, render: (_, row) => !row.active && <Pill tone="idle">{t("sounds.inactive")}</Pill> },
    { key: "edit", title: "", width: 50, render: (_, row) => <Button size="small" type="text" icon={<EditOutlined />} aria-label={t("common.edit")} onClick={() => setEdited(row)} data-testid={`edit-sound-${row.code}`} /> },
  ];
  return (
    <div className="page" data-testid="sounds-page">
      <div className="page-head">
        <h1>{t("admin_area.sounds")}</h1>
        <span className="quiet grow">{t("sounds.hint")}</span>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-sound">
          {t("sounds.add")}
        </Button>
      </div>
      <section className="panel">
        <Loaded query={query}>
          {(items) => (
            <Table<KeptSound> size="small" rowKey="id" dataSource={items} columns={columns} pagination={false} scroll={{ x: 938 }} locale={{ emptyText: <Nothing title={t("sounds.empty")} hint={t("sounds.hint")} /> }} />
          )}
        </Loaded>
      </section>
      {edited && <SoundDialog sound={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}
