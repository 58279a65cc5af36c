/** When the queue is open. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Pill } from "@/parts/pills";
import { useSchedules } from "@/server/hours";
import { ChoiceField } from "./fields";

interface ScheduleFieldProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

export function ScheduleField(props: ScheduleFieldProps): ReactNode {
  const { t, local } = useTexts();
  const schedules = (useSchedules().data ?? []).filter((it) => it.active || it.id === props.value);
  const options = [{ value: "", label: t("queues.always_open") }, ...schedules.map((it) => ({ value: it.id, label: local(it.name) }))];
  return <ChoiceField label={t("field.schedule_id")} hint={t("queues.schedule_hint")} value={props.value ?? ""} onChange={(id) => props.onChange(id || null)} options={options} />;
}

/** Whether a queue with this schedule is open now. */
export function OpenPill(props: { readonly scheduleId: string | null }): ReactNode {
  const { t, local } = useTexts();
  const schedule = useSchedules().data?.find((it) => it.id === props.scheduleId);
  if (!props.scheduleId) return <span className="quiet">{t("queues.always_open")}</span>;
  if (!schedule) return "–";
  return (
    <span title={local(schedule.name)}>
      <Pill tone={schedule.state.open ? "good" : "idle"}>{t(schedule.state.open ? "queues.open_now" : "queues.closed_now")}</Pill>
    </span>
  );
}
