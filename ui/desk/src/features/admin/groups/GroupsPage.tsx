/** Groups of agents: who is in them and at which level. */
import { PlusOutlined } from "@ant-design/icons";
import type { Group } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Switch, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Pill } from "@/parts/pills";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { addGroup, changeGroup, useAllQueues, useGroups } from "@/server/routing";
import { useMay } from "@/server/session";
import { NameFields, namesOf, type NameInputs } from "../NameFields";
import { CODE } from "../names";
import { Members } from "./Members";

type Fields = NameInputs & { readonly code: string; readonly position?: number; readonly active?: boolean };

function GroupDialog(props: { readonly group: Group | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { group } = props;
  const store = (fields: Fields): Promise<unknown> =>
    group
      ? changeGroup(group.id, { name: namesOf(fields), position: fields.position ?? group.position, active: fields.active ?? true })
      : addGroup({ code: fields.code, name: namesOf(fields) });
  const initial: Partial<Fields> = group
    ? { code: group.code, position: group.position, active: group.active, name_zh: group.name["zh-CN"] ?? "", name_en: group.name.en ?? "" }
    : {};
  return (
    <FormDialog<Fields> title={group ? t("work_groups.edit") : t("work_groups.new")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="group">
      <NameFields />
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: CODE, message: t("queue.code_hint") }]}>
          <Input disabled={group !== null} data-testid="group-code" />
        </Form.Item>
        {group && (
          <>
            <Form.Item name="position" label={t("skill.position")}>
              <InputNumber min={0} max={10_000} style={{ width: "100%" }} />
            </Form.Item>
            <Form.Item name="active" label={t("skill.active")} valuePropName="checked" extra={t("work_groups.active_hint")}>
              <Switch />
            </Form.Item>
          </>
        )}
      </div>
    </FormDialog>
  );
}

function useColumns(onEdit: (group: Group) => void, mayEdit: boolean): TableColumnsType<Group> {
  const { t, local } = useTexts();
  const queues = useAllQueues().data ?? [];
  return [
    {
      key: "name",
      title: t("queue.name"),
      render: (_, row) => (
        <span className="row">
          <b>{local(row.name)}</b>
          {!row.active && <Pill tone="idle">{t("queues.inactive")}</Pill>}
        </span>
      ),
    },
    { key: "code", title: t("queue.code"), dataIndex: "code", width: 160, ellipsis: true },
    { key: "members", title: t("work_groups.members"), width: 90, align: "right", className: "num", render: (_, row) => row.members.length },
    {
      key: "queues",
      title: t("work_groups.queues"),
      render: (_, row) => {
        const serving = queues.filter((it) => it.groups.includes(row.id)).map((it) => local(it.name));
        return serving.length > 0 ? serving.join(", ") : <span className="quiet">{t("work_groups.no_queue")}</span>;
      },
    },
    {
      key: "edit",
      title: "",
      width: 80,
      render: (_, row) =>
        mayEdit && (
          <Button size="small" type="link" onClick={() => onEdit(row)}>
            {t("common.edit")}
          </Button>
        ),
    },
  ];
}

export default function GroupsPage(): ReactNode {
  const { t, local } = useTexts();
  const mayEdit = useMay()("queues.manage");
  const client = useQueryClient();
  const query = useGroups();
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Group | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => ["groups", "skills-matrix", "agents", "changes"].includes(String(queryKey[0])) });
  const columns = useColumns(setEdited, mayEdit);
  const word = search.trim().toLowerCase();
  const rows = (query.data ?? []).filter((it) => `${local(it.name)} ${it.code}`.toLowerCase().includes(word));
  return (
    <div className="page" data-testid="groups-page">
      <div className="page-head">
        <h1>{t("admin_area.groups")}</h1>
        <SearchBox value={search} onChange={setSearch} placeholder={t("queues.search")} width={200} />
        <span className="quiet grow">{t("work_groups.hint")}</span>
        {mayEdit && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-group">
            {t("work_groups.new")}
          </Button>
        )}
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <section className="panel">
        <Table<Group>
          size="small"
          rowKey="id"
          dataSource={rows}
          columns={columns}
          loading={query.isPending}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          locale={{ emptyText: <Nothing title={word ? t("work_groups.none_found") : t("work_groups.none")} hint={word ? "" : t("work_groups.none_hint")} /> }}
          expandable={{ expandRowByClick: true, expandedRowRender: (row) => <Members group={row} mayEdit={mayEdit} onSaved={renew} /> }}
          onRow={(row) => ({ "data-testid": `group-${row.code}`, style: { cursor: "pointer" } }) as React.HTMLAttributes<HTMLElement>}
        />
      </section>
      {edited && <GroupDialog group={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
