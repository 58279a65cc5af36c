/** Tasks that wait in my queues: whoever wants one takes it without waiting to be asked. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { useNames } from "@/server/names";
import { takeWork, useTasks } from "@/server/work";
import css from "./Work.module.css";

export function QueueTasks(): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { run, busy } = useCommand();
  const { data } = useTasks("queues", "");
  const free = (data?.items ?? []).filter((it) => it.work?.state === "begun" && !it.work.holder_id);
  if (free.length === 0) return null;
  return (
    <section>
      <h3>{t("work.in_queues")}</h3>
      <ul className={css.rows}>
        {free.map((it) => (
          <li key={it.id} data-testid="queue-task">
            <div>
              <div className={css.title}>{it.title}</div>
              <div className={css.small}>
                <span>{it.queue_id ? names.queue(it.queue_id) : ""}</span>
                <span>{times.shortTime(it.due_at ?? it.created_at)}</span>
              </div>
            </div>
            <Button size="small" loading={busy} onClick={() => it.work && void run(() => takeWork(it.work?.contact_id ?? ""))} data-testid="work-take">
              {t("work.take")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
