/** Duty telephones: who has which now, and who has it when. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { OnDuty, Roster } from "@huying/api";
import { Button, Popconfirm, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { removeRoster, useRenewDialling, useRosters } from "@/server/dialling";
import { useNames } from "@/server/names";
import { useMay } from "@/server/session";
import "../dialling/texts";
import { RosterDialog } from "./RosterDialog";

function Now(props: { readonly roster: Roster }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const nameOf = (one: OnDuty): string => (one.kind === "agent" ? names.agent(one.id ?? "") : phoneNumber(one.number));
  const { now, now_by } = props.roster;
  if (!now.length) return <span className="quiet">{t("duty.nobody")}</span>;
  return (
    <>
      <b>{now.map(nameOf).join(" → ")}</b> <span className="quiet">{t(`duty.by_${now_by}`)}</span>
    </>
  );
}

export default function DutyPage(): ReactNode {
  const { t, local } = useTexts();
  const may = useMay();
  const { run } = useCommand();
  const query = useRosters();
  const renew = useRenewDialling();
  const [edited, setEdited] = useState<Roster | "new" | null>(null);
  const changes = may("hours.manage");
  const add = changes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-duty">
      {t("duty.new")}
    </Button>
  );
  return (
    <div className="page" data-testid="duty-page">
      <div className="page-head">
        <h1>{t("admin_area.duty")}</h1>
        {add}
      </div>
      <section className="panel">
        <div className="body">
          <p className="quiet" style={{ marginTop: 0, maxWidth: "80ch" }}>
            {t("duty.hint")}
          </p>
          <Loaded query={query}>
            {(rows) => (
              <Table
                rowKey="id"
                size="small"
                pagination={false}
                dataSource={rows}
                locale={{ emptyText: <Nothing title={t("duty.none")} hint={t("duty.none_hint")} /> }}
                columns={[
                  { key: "name", title: t("duty.title"), render: (_, row) => <b>{local(row.name)}</b> },
                  { key: "code", title: t("duty.code"), dataIndex: "code", className: "num" },
                  { key: "now", title: t("duty.now"), render: (_, row) => <Now roster={row} /> },
                  {
                    key: "edit",
                    title: "",
                    width: 110,
                    render: (_, row) =>
                      changes && (
                        <span className="row">
                          <Button size="small" type="link" onClick={() => setEdited(row)} data-testid="duty-edit">
                            {t("common.edit")}
                          </Button>
                          <Popconfirm title={t("duty.remove")} onConfirm={() => void run(() => removeRoster(row.id)).then(renew)}>
                            <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} />
                          </Popconfirm>
                        </span>
                      ),
                  },
                ]}
              />
            )}
          </Loaded>
        </div>
      </section>
      {edited && <RosterDialog roster={edited === "new" ? null : edited} onSaved={renew} onClose={() => setEdited(null)} />}
    </div>
  );
}
