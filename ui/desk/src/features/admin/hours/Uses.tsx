/** Which queues and flows go by a schedule. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useScheduleUses } from "@/server/hours";
import css from "./Hours.module.css";

export function Uses(props: { readonly scheduleId: string }): ReactNode {
  const { t, local } = useTexts();
  const uses = useScheduleUses().data?.find((it) => it.schedule_id === props.scheduleId);
  if (!uses) return null;
  const all = [...uses.queues.map((it) => ({ ...it, what: "hours.used_by_queue" })), ...uses.flows.map((it) => ({ ...it, what: "hours.used_by_flow" }))];
  return (
    <div className={css.uses} data-testid="schedule-uses">
      <span className="quiet">{all.length ? t("hours.used_by") : t("hours.used_by_none")}</span>
      {all.map((it) => (
        <span key={it.id} className="pill plain">
          {t(it.what, { name: local(it.name) })}
        </span>
      ))}
    </div>
  );
}
