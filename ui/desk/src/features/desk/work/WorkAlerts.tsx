/** On every page: work that is offered, and reminders whose time has come. Quiet: no sound, and reminders wait while I am in a call. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useNow } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { finishTask, snoozeTask } from "@/server/work";
import "@/parts/tasks/texts";
import css from "./Alerts.module.css";
import { LaterMenu } from "./LaterMenu";
import { Offer } from "./Offer";
import { dueReminders, useWork } from "./useWork";

export function WorkAlerts(): ReactNode {
  const { t } = useTexts();
  const { offered, tasks } = useWork();
  const { call } = usePhone();
  const now = useNow();
  const { run, busy } = useCommand();
  const due = call.phase === "none" ? dueReminders(tasks, now).slice(0, 3) : [];
  if (offered.length + due.length === 0) return null;
  return (
    <aside className={css.alerts} aria-label={t("work.alerts")} data-testid="work-alerts">
      {offered.map((it, index) => (
        <Offer key={it.contact_id} contact={it} first={index === 0} />
      ))}
      {due.map((it) => (
        <section key={it.id} className={css.reminder} role="status" data-testid="reminder-alert">
          <b>{it.title}</b>
          {it.text && <div className="quiet ellipsis">{it.text}</div>}
          <div className="row">
            <LaterMenu label={t("work.snooze")} onChoose={(until) => void run(() => snoozeTask(it.id, until))} testId="alert-snooze" loading={busy} />
            <Button size="small" onClick={() => void run(() => snoozeTask(it.id, null))} disabled={busy} data-testid="alert-seen">
              {t("work.seen")}
            </Button>
            <Button size="small" type="primary" onClick={() => void run(() => finishTask(it.id))} disabled={busy} data-testid="alert-done">
              {t("work.done")}
            </Button>
          </div>
        </section>
      ))}
    </aside>
  );
}
