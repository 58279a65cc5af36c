/** Messages between colleagues, and notices to the staff. */
import { Badge, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useTexts } from "@/i18n";
import { useColleagueRows } from "@/parts/colleagues/useColleagueRows";
import { Messages } from "./Messages";
import { NoticesPanel } from "./NoticesPanel";
import css from "./Colleagues.module.css";
import "./texts";

export default function ColleaguesPage(): ReactNode {
  const { t } = useTexts();
  const rows = useColleagueRows();
  const [params] = useSearchParams();
  const [tab, setTab] = useState(params.get("tab") ?? "messages");
  return (
    <div className={css.page} data-testid="colleagues-page">
      <Tabs
        activeKey={tab}
        onChange={setTab}
        size="small"
        items={[
          {
            key: "messages",
            label: (
              <span className="row" style={{ gap: 4 }}>
                {t("colleagues.messages")} <Badge count={rows.unread} overflowCount={999} size="small" />
              </span>
            ),
          },
          { key: "notices", label: <span data-testid="tab-notices">{t("colleagues.notices")}</span> },
        ]}
      />
      {tab === "notices" ? <NoticesPanel /> : <Messages rows={rows} />}
    </div>
  );
}
