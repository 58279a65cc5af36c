/** What belongs to one call: how it was missed, its recording, its summary, the follow-up. */
import type { OwnCall } from "@huying/api";
import { Button, Input } from "antd";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FollowUpNote } from "@/parts/contact/FollowUpNote";
import { RecordingPlayer } from "@/parts/contact/RecordingPlayer";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { markFollowUp, saveSummary } from "@/server/ownCalls";
import { useSession } from "@/server/session";
import { MissedWords } from "./CallLine";
import css from "./Calls.module.css";

interface CallMoreProps {
  readonly call: OwnCall;
  readonly onOpen: () => void;
  readonly onChanged: () => Promise<unknown>;
}

function Summary(props: CallMoreProps): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { run, busy } = useCommand();
  const { call } = props;
  const { person } = useSession();
  const [note, setNote] = useState(call.note);
  const save = async (): Promise<void> => {
    if (await run(() => saveSummary(call.contact_id, note))) await props.onChanged();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
    event.stopPropagation();
  };
  const signed = call.note_at ? t(call.written_later ? "calls.signed_later" : "calls.signed", { name: person.name, when: times.shortTime(call.note_at) }) : "";
  return (
    <div onKeyDown={onKey}>
      <Input.TextArea value={note} onChange={(event) => setNote(event.target.value)} autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} placeholder={t("calls.summary_hint")} aria-label={t("calls.summary")} data-testid="summary" />
      <div className="row" style={{ marginTop: 6 }}>
        <span className="quiet grow" data-testid="summary-signed">
          {signed}
        </span>
        <Button type="primary" size="small" loading={busy} disabled={note.trim() === call.note} onClick={() => void save()} data-testid="summary-save">
          {t("common.save")}
        </Button>
      </div>
    </div>
  );
}

export function CallMore(props: CallMoreProps): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { run, busy } = useCommand();
  const { call } = props;
  const followUp = call.follow_up;
  const mark = async (): Promise<void> => {
    if (await run(() => markFollowUp(call.contact_id))) await props.onChanged();
  };
  return (
    <div className={css.more} data-testid="own-call-more">
      {call.kind === "missed" && <MissedWords call={call} />}
      {call.recordings.map((it) => (
        <RecordingPlayer key={it.id} recording={it} />
      ))}
      {call.other && (
        <div data-testid="other-note">
          <div className={css.text}>{call.other.note}</div>
          <div className="quiet">{t("calls.signed", { name: call.other.name, when: times.shortTime(call.other.at) })}</div>
        </div>
      )}
      <Summary {...props} />
      <div className="row wrap">
        {followUp && !followUp.done_at ? (
          <FollowUpNote contactId={call.contact_id} followUp={followUp} />
        ) : (
          <Button size="small" loading={busy} onClick={() => void mark()} data-testid="mark-follow-up">
            {t("follow_up.mine")}
          </Button>
        )}
        <span className="grow" />
        <button type="button" className="link" onClick={props.onOpen} data-testid="own-call-contact">
          {t("calls.whole")}
        </button>
      </div>
    </div>
  );
}
