/** A colleague asks for help: who, with which customer, since when, why; take it, answer by a message, or join the call. */
import type { HelpRequest } from "@huying/api";
import { Button, Input, Space } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { ClassPill } from "@/parts/pills";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { answerHelp, endHelp, joinContact, takeHelp } from "@/server/colleagues";
import { useNames } from "@/server/names";
import { useSession } from "@/server/session";
import css from "./Colleagues.module.css";

function Facts(props: { readonly help: HelpRequest }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { help } = props;
  const contact = help.contact;
  return (
    <span className={css.helpFacts}>
      <b data-testid="help-by">{t("colleagues.needs_help", { name: help.asked_by_name })}</b>
      {contact && <span data-testid="help-customer">{contact.customer_name || contact.name || phoneNumber(contact.number)}</span>}
      {contact?.customer_class && <ClassPill value={contact.customer_class} />}
      {help.queue_id && <span className="quiet">{names.queue(help.queue_id)}</span>}
      {help.talk_since && (
        <span className="quiet">
          {t("colleagues.talks")} <Elapsed since={help.talk_since} />
        </span>
      )}
      {contact?.warning && <span className="pill warn">{contact.warning}</span>}
    </span>
  );
}

function Answer(props: { readonly help: HelpRequest; readonly onDone: () => void }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const [text, setText] = useState("");
  const send = (): void => void run(() => answerHelp(props.help.help_id, text.trim())).then((done) => done && props.onDone());
  return (
    <Space.Compact block>
      <Input autoFocus value={text} maxLength={4000} onChange={(event) => setText(event.target.value)} onPressEnter={() => text.trim() && send()} placeholder={t("colleagues.answer_hint")} aria-label={t("colleagues.answer")} data-testid="help-answer-text" />
      <Button type="primary" loading={busy} disabled={!text.trim()} onClick={send} data-testid="help-answer-send">
        {t("colleagues.send")}
      </Button>
    </Space.Compact>
  );
}

export function HelpCard(props: { readonly help: HelpRequest }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const { call } = usePhone();
  const { run, busy } = useCommand();
  const [answering, setAnswering] = useState(false);
  const { help } = props;
  const mine = help.taken_by === me;
  const others = help.taken_by !== null && !mine;
  const join = async (): Promise<void> => {
    await takeHelp(help.help_id);
    await joinContact(help.contact_id);
  };
  return (
    <section className={css.help} data-state={others ? "taken" : mine ? "mine" : "open"} role="alert" data-testid="help-card">
      <Facts help={help} />
      <span className={css.helpButtons}>
        {others && <span className="quiet">{t("colleagues.taken_by", { name: help.taken_by_name })}</span>}
        {!others && !mine && (
          <Button size="small" type="primary" loading={busy} onClick={() => void run(() => takeHelp(help.help_id))} data-testid="help-take">
            {t("colleagues.take")}
          </Button>
        )}
        {!others && (
          <>
            <Button size="small" onClick={() => setAnswering(!answering)} data-testid="help-answer">
              {t("colleagues.answer")}
            </Button>
            <Button size="small" disabled={call.phase !== "none"} loading={busy} onClick={() => void run(join)} data-testid="help-join">
              {t("colleagues.join")}
            </Button>
          </>
        )}
        {mine && (
          <Button size="small" loading={busy} onClick={() => void run(() => endHelp(help.help_id))} data-testid="help-done">
            {t("colleagues.done")}
          </Button>
        )}
      </span>
      {(help.text || help.contact?.note) && (
        <div className={css.helpWords}>
          {help.text && <div data-testid="help-why">{help.text}</div>}
          {help.contact?.note && <div className="quiet">{t("colleagues.notes_so_far", { note: help.contact.note })}</div>}
        </div>
      )}
      {answering && !others && <Answer help={help} onDone={() => setAnswering(false)} />}
    </section>
  );
}
