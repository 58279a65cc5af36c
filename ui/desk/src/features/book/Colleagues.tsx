/** The colleagues, whoever can answer first; what each does now changes as it happens. */
import { PhoneOutlined } from "@ant-design/icons";
import { Button, Table, type TableColumnsType } from "antd";
import { useMemo, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useDirectoryRows } from "@/live/LiveProvider";
import { Nothing } from "@/parts/states";
import { found, readiness, type TargetRow } from "@/parts/targets/rank";
import { Presence } from "@/parts/targets/TargetLine";
import { useCommand } from "@/parts/useCommand";
import { dialTarget, useDirectory } from "@/server/targets";
import { useSession } from "@/server/session";

interface Line {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly groups: string;
  readonly agent: TargetRow["agent"];
}

function useColleagues(search: string): readonly Line[] {
  const { local } = useTexts();
  const { person } = useSession();
  const directory = useDirectory().data;
  const { rows } = useDirectoryRows();
  return useMemo(() => {
    const agents = new Map(rows.map((it) => [it.agent_id, it]));
    const groups = new Map(directory?.groups.map((it) => [it.id, local(it.name)]));
    return (directory?.colleagues ?? [])
      .filter((it) => it.id !== person.id && (!search || found(it.search, search)))
      .map((it) => ({ ...it, groups: it.groups.map((id) => groups.get(id) ?? "").filter(Boolean).join(" · "), agent: agents.get(it.id) ?? null }))
      .sort((a, b) => readiness(a.agent) - readiness(b.agent) || a.extension.localeCompare(b.extension));
  }, [directory, rows, search, person.id, local]);
}

export function Colleagues(props: { readonly search: string }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const lines = useColleagues(props.search);
  const columns: TableColumnsType<Line> = [
    { key: "name", title: t("book.name"), ellipsis: true, render: (_, row) => row.name },
    { key: "extension", title: t("book.extension"), width: 100, className: "num", render: (_, row) => row.extension },
    { key: "groups", title: t("book.groups"), ellipsis: true, render: (_, row) => row.groups },
    { key: "now", title: t("book.now"), width: 240, render: (_, row) => (row.agent ? <Presence agent={row.agent} /> : <span className="quiet">{t("book.hidden")}</span>) },
    {
      key: "call",
      title: "",
      width: 50,
      render: (_, row) => (
        <Button size="small" icon={<PhoneOutlined />} loading={busy} onClick={() => void run(() => dialTarget({ kind: "agent", id: row.id, number: null }))} aria-label={t("book.call", { name: row.name })} data-testid="call-colleague" />
      ),
    },
  ];
  return (
    <section className="panel" data-testid="colleagues">
      <Table<Line>
        size="small"
        rowKey="id"
        dataSource={[...lines]}
        columns={columns}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing title={t("book.nobody")} /> }}
        onRow={(row) => ({ "data-testid": "colleague", "data-extension": row.extension }) as React.HTMLAttributes<HTMLElement>}
      />
    </section>
  );
}
