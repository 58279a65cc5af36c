/** People: list, add, change, switch off, reset passwords. */
import { UserAddOutlined } from "@ant-design/icons";
import type { AgentSummary, Person } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Switch, Table, Tag, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { useAgents } from "@/server/names";
import { changePerson, usePeople } from "@/server/people";
import { useMay, useSession } from "@/server/session";
import { AgentDialog } from "./AgentDialog";
import { PersonDialog } from "./PersonDialog";

export function PeopleTab(): ReactNode {
  const { t, code } = useTexts();
  const may = useMay();
  const mayManage = may("people.manage");
  const agents = useAgents();
  const [agent, setAgent] = useState<Person | null>(null);
  const me = useSession().person.id;
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Person | "new" | null>(null);
  const query = usePeople(useDebounced(search.trim()));
  const renew = (): void => {
    void client.invalidateQueries({ queryKey: ["people"] });
    void client.invalidateQueries({ queryKey: ["agents"] });
  };
  const agentOf = (id: string): AgentSummary | undefined => agents.data?.find((it) => it.id === id);
  const toggle = (person: Person): void => void run(() => changePerson(person.id, { active: !person.active })).then(renew);
  const columns: TableColumnsType<Person> = [
    { key: "name", title: t("person.name"), ellipsis: true, render: (_, row) => <b>{row.name}</b> },
    { key: "login", title: t("person.login"), ellipsis: true, dataIndex: "login" },
    { key: "roles", title: t("person.roles"), render: (_, row) => row.roles.map((role) => <Tag key={role}>{code("role", role)}</Tag>) },
    {
      key: "extension",
      title: t("agent.extension"),
      width: 110,
      className: "num",
      render: (_, row) => agentOf(row.id)?.extension ?? "–",
    },
    { key: "language", title: t("person.language"), width: 100, render: (_, row) => code("language", row.language) },
    {
      key: "active",
      title: t("person.active"),
      width: 90,
      render: (_, row) => (
        <Switch size="small" checked={row.active} disabled={!mayManage || busy || row.id === me} onChange={() => toggle(row)} aria-label={t("person.active")} />
      ),
    },
    {
      key: "edit",
      title: "",
      width: 150,
      render: (_, row) => (
        <span className="row">
          {mayManage && (
            <Button size="small" type="link" onClick={() => setEdited(row)}>
              {t("common.edit")}
            </Button>
          )}
          {may("queues.manage") && (
            <Button size="small" type="link" onClick={() => setAgent(row)} data-testid={`agent-setup-${row.login}`}>
              {t("agent.short")}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="row" style={{ marginBottom: 10 }}>
        <SearchBox value={search} onChange={setSearch} placeholder={t("admin.search_people")} />
        <span className="grow" />
        {mayManage && (
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => setEdited("new")} data-testid="new-person">
            {t("person.new")}
          </Button>
        )}
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <Table<Person>
        size="small"
        rowKey="id"
        dataSource={[...(query.data?.items ?? [])]}
        columns={columns}
        loading={query.isPending}
        pagination={{ pageSize: 25, hideOnSinglePage: true, showTotal: (total) => t("common.total", { total }) }}
        locale={{ emptyText: <Nothing title={t("admin.no_people")} /> }}
      />
      {agent && <AgentDialog person={agent} agent={agentOf(agent.id)} onClose={() => setAgent(null)} onSaved={renew} />}
      {edited && <PersonDialog person={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </>
  );
}
