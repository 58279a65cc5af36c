/** All that waits for this agent beside calls: offered, in hand, kept, reminders, tasks, messages, contacts still to be closed. */
import type { Task } from "@huying/api";
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { BookedList } from "@/parts/bookings/BookedList";
import { useAction } from "@/parts/shortcuts";
import { Nothing } from "@/parts/states";
import { useNow } from "@/parts/time";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { phoneNumber } from "@/parts/format";
import { useBooked } from "@/server/bookings";
import { useNames } from "@/server/names";
import { takeWork } from "@/server/work";
import "@/parts/tasks/texts";
import { TaskDialog } from "@/parts/tasks/TaskDialog";
import { CloseDialog } from "./CloseDialog";
import { MessageRow } from "./MessageRow";
import { OfferedRow } from "./OfferedRow";
import { QueueTasks } from "./QueueTasks";
import { TaskRow } from "./TaskRow";
import { dueReminders, useWork, type MyWork, type Unclosed } from "./useWork";
import css from "./Work.module.css";
import { WorkTitle } from "./WorkTitle";

function Section(props: { readonly title: string; readonly count: number; readonly children: ReactNode }): ReactNode {
  if (props.count === 0) return null;
  return (
    <section>
      <h3>
        {props.title} <span className="num">{props.count}</span>
      </h3>
      <ul className={css.rows}>{props.children}</ul>
    </section>
  );
}

function Kept(props: { readonly contactId: string; readonly until: string | null }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { run, busy } = useCommand();
  return (
    <li data-testid="kept-work">
      <div>
        <WorkTitle contactId={props.contactId} />
        <div className={css.small}>{t("work.until", { at: times.shortTime(props.until) })}</div>
      </div>
      <Button size="small" loading={busy} onClick={() => void run(() => takeWork(props.contactId))} data-testid="work-resume">
        {t("work.resume")}
      </Button>
    </li>
  );
}

function ToClose(props: { readonly contacts: readonly Unclosed[]; readonly onOpen: (id: string) => void; readonly onClose: (it: Unclosed) => void }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const names = useNames();
  return (
    <Section title={t("work.unclosed")} count={props.contacts.length}>
      {props.contacts.map((it) => (
        <li key={it.contact_id} data-testid="unclosed">
          <div>
            <a role="button" tabIndex={0} onClick={() => props.onOpen(it.contact_id)} onKeyDown={(event) => event.key === "Enter" && props.onOpen(it.contact_id)}>
              {it.name || phoneNumber(it.number) || t("work.unknown")}
            </a>
            <div className={css.small}>
              <span>{times.shortTime(it.entered_at)}</span>
              <span>{names.queue(it.queue_id)}</span>
              <span className={css.late}>{t("work.not_given")}</span>
            </div>
          </div>
          <Button size="small" onClick={() => props.onClose(it)} data-testid="close-contact">
            {t("work.close")}
          </Button>
        </li>
      ))}
    </Section>
  );
}

const isEmpty = (work: MyWork): boolean =>
  !work.inHand && [work.offered, work.kept, work.tasks, work.messages, work.unclosed].every((it) => it.length === 0) && work.waiting.work === 0;

export function WorkList(): ReactNode {
  const { t } = useTexts();
  const work = useWork();
  const now = useNow();
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [closing, setClosing] = useState<Unclosed | null>(null);
  useAction("work.new_task", () => setEdited("new"));
  const due = dueReminders(work.tasks, now);
  const booked = useBooked().data?.items ?? [];
  return (
    <div className={css.list} data-testid="work-list">
      <div className="row">
        <span className="grow quiet">{t("work.waiting", { count: work.waiting.work })}</span>
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-task">
          {t("work.new_task")}
        </Button>
      </div>
      <Section title={t("work.offered")} count={work.offered.length}>
        {work.offered.map((it) => (
          <OfferedRow key={it.contact_id} contactId={it.contact_id} />
        ))}
      </Section>
      <Section title={t("work.in_hand")} count={work.inHand ? 1 : 0}>
        {work.inHand && (
          <li data-testid="work-in-hand">
            <WorkTitle contactId={work.inHand.contact_id} />
          </li>
        )}
      </Section>
      <Section title={t("work.reminders")} count={due.length}>
        {due.map((it) => (
          <TaskRow key={it.id} task={it} reminding onEdit={setEdited} />
        ))}
      </Section>
      <Section title={t("work.kept")} count={work.kept.length}>
        {work.kept.map((it) => (
          <Kept key={it.contact_id} contactId={it.contact_id} until={it.work?.kept_until ?? null} />
        ))}
      </Section>
      <Section title={t("bookings.booked")} count={booked.length}>
        <BookedList booked={booked} small={css.small ?? ""} />
      </Section>
      <ToClose contacts={work.unclosed} onOpen={setOpen} onClose={setClosing} />
      <Section title={t("work.messages")} count={work.messages.length}>
        {work.messages.map((it) => (
          <MessageRow key={it.id} message={it} />
        ))}
      </Section>
      <Section title={t("work.tasks")} count={work.tasks.length - due.length}>
        {work.tasks
          .filter((it) => !due.includes(it))
          .map((it) => (
            <TaskRow key={it.id} task={it} onEdit={setEdited} />
          ))}
      </Section>
      <QueueTasks />
      {isEmpty(work) && booked.length === 0 && <Nothing title={t("work.none")} hint={t("work.none_hint")} />}
      {edited && <TaskDialog task={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      {closing && <CloseDialog contact={closing} onClose={() => setClosing(null)} />}
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </div>
  );
}
