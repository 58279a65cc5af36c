/** Administration in its first form: people, and the queues as they stand. */
import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useMay } from "@/server/session";
import { PeopleTab } from "./PeopleTab";
import { QueuesTab } from "./QueuesTab";

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
          ]}
        />
      </section>
    </div>
  );
}
