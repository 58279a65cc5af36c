/** The work in my hands: what is to be done, and how it is closed. */
import type { DeskWork } from "@huying/api";
import { Button } from "antd";
import { useRef, type ReactNode } from "react";
import type { InputRef } from "antd";
import { useTexts } from "@/i18n";
import { ClosingFields } from "@/parts/closing/ClosingFields";
import { useFilling } from "@/parts/closing/useFilling";
import { Sound } from "./Sound";
import { phoneNumber } from "@/parts/format";
import { Key, useAction } from "@/parts/shortcuts";
import { Loaded } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { saveWrapUp } from "@/server/desk";
import { useNames } from "@/server/names";
import { finishWork, parkWork, returnWork, useDeskWork } from "@/server/work";
import { AutoDial } from "../devices/AutoDial";
import { dropDraft, type Draft } from "../wrapup/draft";
import { closingOf, useDraft } from "../wrapup/useWrapUp";
import { LaterMenu } from "./LaterMenu";
import css from "./Work.module.css";
import { WorkTitle } from "./WorkTitle";

const EMPTY: Draft = { disposition: "", note: "" };

function About(props: { readonly work: DeskWork }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { task, message } = props.work;
  return (
    <>
      {task?.text && <p className={css.text}>{task.text}</p>}
      <dl className="facts">
        {task?.due_at && (
          <>
            <dt>{t("work.due")}</dt>
            <dd>{times.dateTime(task.due_at)}</dd>
          </>
        )}
        {(task?.customer_name || message?.number) && (
          <>
            <dt>{t("work.customer")}</dt>
            <dd className="num">{[task?.customer_name ?? message?.name, phoneNumber(message?.number)].filter(Boolean).join(" · ")}</dd>
          </>
        )}
        {message && (
          <>
            <dt>{t("work.left_at")}</dt>
            <dd>{times.dateTime(message.left_at)}</dd>
          </>
        )}
        {task?.created_by_name && (
          <>
            <dt>{t("work.given_by")}</dt>
            <dd>{task.created_by_name}</dd>
          </>
        )}
      </dl>
      {message && <Sound id={message.id} />}
    </>
  );
}

function Closing(props: { readonly work: DeskWork }): ReactNode {
  const { t } = useTexts();
  const { contact_id: id, queue_id: queueId, task, message } = props.work;
  const { run, busy } = useCommand();
  const { draft, edit } = useDraft(id, EMPTY);
  const note = useRef<InputRef>(null);
  const filling = useFilling(task?.customer_name ?? message?.name ?? "", message?.number ?? "", queueId);
  useAction("wrap_up.note", () => note.current?.focus());
  const finish = async (): Promise<void> => {
    if (await run(() => finishWork(id, closingOf(draft)))) dropDraft(localStorage, id);
  };
  const leave = (how: () => Promise<unknown>): void =>
    void run(async () => {
      if (draft.note || draft.disposition) await saveWrapUp(id, closingOf(draft));
      await how();
    });
  useAction("wrap_up.finish", () => void finish());
  return (
    <div className={css.form}>
      <ClosingFields
        about={{ contactId: id, number: message?.number ?? "", name: task?.customer_name ?? message?.name ?? "", queueId }}
        atHand
        value={draft}
        onChange={edit}
        filling={filling}
        note={note}
        followed={false}
        mayFollow
      />
      <div className="row">
        <LaterMenu label={t("work.keep")} onChoose={(until) => leave(() => parkWork(id, until))} testId="work-keep" />
        <Button size="small" onClick={() => leave(() => returnWork(id))} disabled={busy} data-testid="work-return">
          {t("work.return")}
        </Button>
        <span className="grow" />
        <Button type="primary" onClick={() => void finish()} loading={busy} data-testid="work-finish">
          {t("work.finish")} <Key keys="F3" />
        </Button>
      </div>
    </div>
  );
}

export function WorkPanel(props: { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const query = useDeskWork(props.contactId);
  return (
    <section className="panel" data-testid="work-panel">
      <header>
        <h2>{query.data ? t(`work.subject.${query.data.subject}`) : ""}</h2>
        <span className="grow" />
        <span className="quiet">{query.data ? names.queue(query.data.queue_id) : ""}</span>
      </header>
      <div className={`body ${css.form ?? ""}`}>
        <Loaded query={query}>
          {(work) => (
            <>
              <WorkTitle contactId={props.contactId} />
              <About work={work} />
              <AutoDial key={`dial-${work.contact_id}`} work={work} />
              <Closing key={work.contact_id} work={work} />
            </>
          )}
        </Loaded>
      </div>
    </section>
  );
}
