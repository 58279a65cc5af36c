/** How a contact is closed: disposition, note, follow-up and the day for calling back, as far as the disposition asks. */
import { Checkbox, Input, type InputRef } from "antd";
import type { ReactNode, RefObject } from "react";
import { useTexts } from "@/i18n";
import { useQueueAsks } from "@/server/work";
import { DispositionPicker } from "./DispositionPicker";
import { NoteField } from "./NoteField";
import type { Filling } from "./placeholders";

export interface ClosingValue {
  readonly disposition: string;
  readonly note: string;
  readonly followUp?: boolean;
  readonly callbackAt?: string;
}

interface ClosingFieldsProps {
  readonly queueId: string | null;
  readonly value: ClosingValue;
  readonly onChange: (part: Partial<ClosingValue>) => void;
  readonly filling: Filling;
  readonly note?: RefObject<InputRef | null>;
  /** Whether the contact is followed up as the server has it, and whether that may be changed here. */
  readonly followed: boolean;
  readonly mayFollow: boolean;
}

/** As a field of the browser wants it, in its own time zone. */
function localTime(iso: string | undefined): string {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function ClosingFields(props: ClosingFieldsProps): ReactNode {
  const { t } = useTexts();
  const { choices } = useQueueAsks(props.queueId);
  const chosen = choices.find((it) => it.code === props.value.disposition);
  const asks = [chosen?.note_required && t("closing.asks_note"), chosen?.follow_up_required && t("closing.asks_follow_up"), chosen?.date_required && t("closing.asks_date")].filter(Boolean);
  return (
    <>
      <DispositionPicker queueId={props.queueId} value={props.value.disposition} onChange={(disposition) => props.onChange({ disposition })} />
      {asks.length > 0 && <div className="quiet">{asks.join(" · ")}</div>}
      <NoteField value={props.value.note} onChange={(note) => props.onChange({ note })} filling={props.filling} {...(props.note ? { field: props.note } : {})} testId="wrap-up-note" />
      <Checkbox checked={props.value.followUp ?? props.followed} disabled={!props.mayFollow} onChange={(event) => props.onChange({ followUp: event.target.checked })} data-testid="wrap-up-follow-up">
        {t("follow_up.mine")}
      </Checkbox>
      {(chosen?.date_required || props.value.callbackAt) && (
        <label className="row">
          {t("closing.callback_at")}
          <Input
            type="datetime-local"
            value={localTime(props.value.callbackAt)}
            onChange={(event) => event.target.value && props.onChange({ callbackAt: new Date(event.target.value).toISOString() })}
            style={{ width: 210 }}
            data-testid="callback-at"
          />
        </label>
      )}
    </>
  );
}
