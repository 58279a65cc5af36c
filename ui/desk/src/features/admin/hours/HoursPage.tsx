/** Hours and holidays: the schedules at the left, the chosen one beside them, and over all what is closed right now. */
import { AlertOutlined, PlusOutlined } from "@ant-design/icons";
import type { Schedule } from "@huying/api";
import { Button, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { useSchedules } from "@/server/hours";
import { useMay } from "@/server/session";
import { ClosingDialog } from "./ClosingDialog";
import { ClosingBanners, ClosingsTable } from "./Closings";
import css from "./Hours.module.css";
import { NewScheduleDialog } from "./NewScheduleDialog";
import { ScheduleEditor } from "./ScheduleEditor";
import { ScheduleList } from "./ScheduleList";
import { SpecialDays } from "./SpecialDays";
import { Tester } from "./Tester";

function Chosen(props: { readonly schedules: readonly Schedule[] }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const [chosenId, setChosenId] = useState("");
  const [adding, setAdding] = useState(false);
  const { schedules } = props;
  const chosen = schedules.find((it) => it.id === chosenId) ?? schedules[0];
  const add = may("hours.manage") && (
    <Button icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="new-schedule">
      {t("hours.new_schedule")}
    </Button>
  );
  return (
    <>
      {chosen ? (
        <div className={css.page}>
          <div className={css.list}>
            <ScheduleList schedules={schedules} chosen={chosen.id} onChoose={setChosenId} />
            {add}
          </div>
          <div style={{ display: "grid", gap: 10, minWidth: 0 }}>
            <Tester key={`tester-${chosen.id}`} schedule={chosen} />
            <ScheduleEditor key={chosen.id} schedule={chosen} />
          </div>
        </div>
      ) : (
        <Nothing title={t("hours.none")} hint={t("hours.none_hint")}>
          {add}
        </Nothing>
      )}
      {adding && <NewScheduleDialog onClose={() => setAdding(false)} onMade={setChosenId} />}
    </>
  );
}

export default function HoursPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const query = useSchedules();
  const [closing, setClosing] = useState(false);
  const schedules = query.data ?? [];
  return (
    <div className="page" data-testid="hours-page">
      <div className="page-head">
        <h1>{t("admin_area.hours")}</h1>
        <span className="grow" />
        {may("hours.close") && (
          <Button danger icon={<AlertOutlined />} onClick={() => setClosing(true)} data-testid="close-now">
            {t("hours.close_now")}
          </Button>
        )}
      </div>
      <ClosingBanners schedules={schedules} />
      <Tabs
        destroyOnHidden
        items={[
          { key: "week", label: t("hours.tab_week"), children: <Loaded query={query}>{(found) => <Chosen schedules={found} />}</Loaded> },
          { key: "days", label: t("hours.tab_days"), children: <SpecialDays schedules={schedules} /> },
          { key: "closings", label: t("hours.tab_closings"), children: <ClosingsTable schedules={schedules} /> },
        ]}
      />
      {closing && <ClosingDialog schedules={schedules} onClose={() => setClosing(false)} />}
    </div>
  );
}
