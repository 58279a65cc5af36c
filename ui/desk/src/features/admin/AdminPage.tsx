/** Administration: people and agents, queues, the ways in. */
import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useMay } from "@/server/session";
import { ChoicesTab } from "./ChoicesTab";
import { EntriesTab } from "./EntriesTab";
import { PeopleTab } from "./PeopleTab";
import { QueuesTab } from "./QueuesTab";
import { TrunksTab } from "./TrunksTab";

export default function AdminPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  return (
    <div className="page" data-testid="admin-page">
      <div className="page-head">
        <h1>{t("nav.admin")}</h1>
      </div>
      <section className="panel" style={{ padding: "0 12px 12px" }}>
        <Tabs
          items={[
            ...(may("people.view") ? [{ key: "people", label: t("admin.people"), children: <PeopleTab /> }] : []),
            ...(may("queues.view") ? [{ key: "queues", label: t("admin.queues"), children: <QueuesTab /> }] : []),
            ...(may("queues.manage") && may("desk.use") ? [{ key: "choices", label: t("admin.choices"), children: <ChoicesTab /> }] : []),
            ...(may("settings.manage")
              ? [
                  { key: "entries", label: t("admin.entries"), children: <EntriesTab /> },
                  { key: "trunks", label: t("admin.trunks"), children: <TrunksTab /> },
                ]
              : []),
          ]}
        />
      </section>
    </div>
  );
}
