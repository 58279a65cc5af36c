/** One agent's day: sums, the picture, breaks against their limits, and everything that happened. */
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import type { AgentDay } from "@huying/api";
import { Button, Drawer, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { useToday } from "@/parts/days";
import { clock } from "@/parts/format";
import { Loaded, Nothing } from "@/parts/states";
import { useNames } from "@/server/names";
import { useAgentDay } from "@/server/supervision";
import css from "./Day.module.css";
import { DayEvents } from "./DayEvents";
import { Picture } from "./Picture";
import { axisOf } from "./picture";
import { Sums, type SumName } from "./Sums";
import "./texts";

const ALL: readonly SumName[] = ["signed_in", "ready", "busy", "after_call", "break", "over", "occupancy", "utilisation", "handled", "missed"];

function Breaks({ day }: { readonly day: AgentDay }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  if (day.breaks.length === 0) return null;
  return (
    <Table
      size="small"
      rowKey="reason"
      pagination={false}
      dataSource={day.breaks}
      columns={[
        { key: "reason", title: t("day.reason"), render: (_, it) => (it.reason ? names.breakReason(it.reason) : t("day.no_break_reason")) },
        { key: "count", title: t("day.count"), align: "right", dataIndex: "count" },
        { key: "time", title: t("day.time"), align: "right", render: (_, it) => clock(it.seconds) },
        { key: "limit", title: t("day.limit"), align: "right", render: (_, it) => (it.limit_seconds ? clock(it.limit_seconds) : "–") },
        { key: "over", title: t("day.over_short"), align: "right", render: (_, it) => (it.over_seconds > 0 ? <span className={css.over}>{clock(it.over_seconds)}</span> : "–") },
      ]}
    />
  );
}

function Body(props: { readonly day: AgentDay; readonly onOpen: (contactId: string) => void }): ReactNode {
  const { t } = useTexts();
  const axis = axisOf(props.day);
  if (!axis) return <Nothing title={t("day.empty")} hint={t("day.empty_hint")} />;
  return (
    <>
      <Sums day={props.day} names={ALL} />
      <Picture {...props} axis={axis} />
      <Breaks day={props.day} />
      <h3 style={{ margin: "14px 0 6px", fontSize: 13 }}>{t("day.events")}</h3>
      <DayEvents {...props} />
    </>
  );
}

export function DayDrawer(props: { readonly agentId: string; readonly name: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const today = useToday();
  const [picked, setPicked] = useState(today);
  const [contact, setContact] = useState<string | null>(null);
  const isToday = picked.isSame(today, "day");
  const query = useAgentDay(props.agentId, picked.format("YYYY-MM-DD"), isToday);
  const chooser = (
    <span className="row">
      <Button size="small" icon={<LeftOutlined />} aria-label={t("day.before")} onClick={() => setPicked(picked.subtract(1, "day"))} />
      <DatePicker size="small" allowClear={false} value={picked} maxDate={today} onChange={(day) => setPicked(day ?? today)} />
      <Button size="small" icon={<RightOutlined />} disabled={isToday} aria-label={t("day.after")} onClick={() => setPicked(picked.add(1, "day"))} />
    </span>
  );
  return (
    <Drawer open onClose={props.onClose} size={880} title={t("day.title", { name: props.name })} extra={chooser} data-testid="day-drawer">
      <Loaded query={query} rows={10}>
        {(day) => <Body day={day} onOpen={setContact} />}
      </Loaded>
      <ContactDrawer contactId={contact} onClose={() => setContact(null)} />
    </Drawer>
  );
}
