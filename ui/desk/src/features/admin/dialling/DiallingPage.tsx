/** Dialling: who may dial what, how the business dials, and how its agents are reached. */
import { Button, Table, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ReachDialog } from "@/parts/reach/ReachDialog";
import { Loaded } from "@/parts/states";
import { useDialSettings } from "@/server/dialling";
import { useAgents } from "@/server/names";
import { Rules } from "./Rules";
import { Settings } from "./Settings";
import "./texts";

function Forwarding(): ReactNode {
  const { t } = useTexts();
  const query = useAgents();
  const [agent, setAgent] = useState<{ readonly id: string; readonly name: string } | null>(null);
  return (
    <>
      <p className="quiet" style={{ marginTop: 0 }}>
        {t("dialling.forwarding_hint")}
      </p>
      <Loaded query={query}>
        {(rows) => (
          <Table
            rowKey="id"
            size="small"
            pagination={{ pageSize: 50, hideOnSinglePage: true }}
            dataSource={rows}
            columns={[
              { key: "extension", title: "", dataIndex: "extension", width: 90, className: "num" },
              { key: "name", title: t("dialling.try_agent"), dataIndex: "name" },
              {
                key: "edit",
                title: "",
                width: 110,
                render: (_, row) => (
                  <Button size="small" type="link" onClick={() => setAgent(row)} data-testid={`reach-of-${row.extension}`}>
                    {t("dialling.edit_reach")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {agent && <ReachDialog key={agent.id} agentId={agent.id} name={agent.name} onClose={() => setAgent(null)} />}
    </>
  );
}

function Ways(): ReactNode {
  const query = useDialSettings();
  return <Loaded query={query}>{(saved) => <Settings saved={saved} />}</Loaded>;
}

export default function DiallingPage(): ReactNode {
  const { t } = useTexts();
  const items = [
    { key: "rules", label: t("dialling.rules"), children: <Rules /> },
    { key: "settings", label: t("dialling.settings"), children: <Ways /> },
    { key: "forwarding", label: t("dialling.forwarding"), children: <Forwarding /> },
  ];
  return (
    <div className="page" data-testid="dialling-page">
      <div className="page-head">
        <h1>{t("admin_area.dialling")}</h1>
      </div>
      <section className="panel">
        <div className="body">
          <Tabs items={items} />
        </div>
      </section>
    </div>
  );
}
