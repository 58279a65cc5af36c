/** How a contact is closed: disposition, note, follow-up and the callback that is booked. */
import { Checkbox, type InputRef } from "antd";
import type { ReactNode, RefObject } from "react";
import { useTexts } from "@/i18n";
import { ContactBooking, type BookingAbout } from "@/parts/bookings/ContactBooking";
import { useQueueAsks } from "@/server/work";
import { DispositionPicker } from "./DispositionPicker";
import { NoteField } from "./NoteField";
import type { Filling } from "./placeholders";

export interface ClosingValue {
  readonly disposition: string;
  readonly note: string;
  readonly followUp?: boolean;
}

interface ClosingFieldsProps {
  /** Whom a callback would be for. */
  readonly about: BookingAbout;
  /** Whether this is the contact at hand, whose actions have keys. */
  readonly atHand: boolean;
  readonly value: ClosingValue;
  readonly onChange: (part: Partial<ClosingValue>) => void;
  readonly filling: Filling;
  readonly note?: RefObject<InputRef | null>;
  /** Whether the contact is followed up as the server has it, and whether that may be changed here. */
  readonly followed: boolean;
  readonly mayFollow: boolean;
}

export function ClosingFields(props: ClosingFieldsProps): ReactNode {
  const { t } = useTexts();
  const { queueId } = props.about;
  const { choices } = useQueueAsks(queueId);
  const chosen = choices.find((it) => it.code === props.value.disposition);
  const asks = [chosen?.note_required && t("closing.asks_note"), chosen?.follow_up_required && t("closing.asks_follow_up"), chosen?.date_required && t("closing.asks_date")].filter(Boolean);
  return (
    <>
      <DispositionPicker queueId={queueId} value={props.value.disposition} onChange={(disposition) => props.onChange({ disposition })} keyed={props.atHand} />
      {asks.length > 0 && <div className="quiet">{asks.join(" · ")}</div>}
      <NoteField value={props.value.note} onChange={(note) => props.onChange({ note })} filling={props.filling} {...(props.note ? { field: props.note } : {})} testId="wrap-up-note" />
      <Checkbox checked={props.value.followUp ?? props.followed} disabled={!props.mayFollow} onChange={(event) => props.onChange({ followUp: event.target.checked })} data-testid="wrap-up-follow-up">
        {t("follow_up.mine")}
      </Checkbox>
      <ContactBooking {...props.about} wanted={chosen?.date_required ?? false} byKey={props.atHand} />
    </>
  );
}
