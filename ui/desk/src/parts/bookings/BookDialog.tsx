/** Booking a callback for a date and time, or moving one: by whom, from which queue, and what about. */
import type { BookedCallback } from "@huying/api";
import { Form, Input, Radio, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { MomentItem } from "@/parts/dates/MomentItem";
import { proposal, wallTime } from "@/parts/dates/wall";
import { FormDialog } from "@/parts/FormDialog";
import { phoneNumber } from "@/parts/format";
import { bookCallback, bookedKey, moveBooked } from "@/server/bookings";
import { serverNow } from "@/server/clock";
import { useQueues } from "@/server/names";
import { useSession } from "@/server/session";
import "./texts";

interface Fields {
  readonly at: string;
  readonly to: "me" | "queue";
  readonly queue?: string;
  readonly number?: string;
  readonly note?: string;
}

interface BookDialogProps {
  /** The one to be moved. */
  readonly booked?: BookedCallback;
  /** Whom a new one is about; without a contact the number is asked for. */
  readonly contactId?: string | null;
  readonly number?: string;
  readonly name?: string;
  readonly queueId?: string | null;
  readonly onClose: () => void;
}

export function BookDialog(props: BookDialogProps): ReactNode {
  const { t, local } = useTexts();
  const { business } = useSession();
  const queues = useQueues();
  const client = useQueryClient();
  const { booked } = props;
  const zone = business.time_zone;
  const number = booked?.number ?? props.number ?? "";
  const initial: Partial<Fields> = {
    at: booked ? wallTime(Date.parse(booked.due_at), zone) : proposal(serverNow(), zone),
    to: booked && !booked.wanted_id ? "queue" : "me",
    number: phoneNumber(number),
    ...(booked?.queue_id ? { queue: booked.queue_id } : props.queueId ? { queue: props.queueId } : {}),
  };
  const store = ({ at: shown, to, queue, number: typed, note }: Fields): Promise<unknown> => {
    const at = shown.replace(" ", "T");
    const queue_id = queue ?? null;
    if (booked) return moveBooked(booked.contact_id, { at, to, queue_id });
    const other = typed && typed !== phoneNumber(number) ? typed : "";
    return bookCallback({ at, to, queue_id, contact_id: props.contactId ?? null, number: other || (props.contactId ? "" : number), note: note ?? "", name: "", customer_id: null });
  };
  return (
    <FormDialog<Fields>
      title={booked || props.name ? t("bookings.title", { name: booked?.name || props.name || phoneNumber(number) }) : t("bookings.new")}
      initial={initial}
      onSave={store}
      onSaved={() => void client.invalidateQueries({ queryKey: bookedKey })}
      onClose={props.onClose}
      testId="book"
    >
      <MomentItem name="at" label={t("bookings.at")} extra={t("bookings.zone", { zone })} required autoFocus min={wallTime(serverNow(), zone)} testId="book-at" />
      <Form.Item name="number" label={t("bookings.number")} rules={[{ required: true, message: t("common.missing") }]}>
        <Input type="tel" maxLength={40} disabled={booked !== undefined} data-testid="book-number" />
      </Form.Item>
      <Form.Item name="to" label={t("bookings.who")}>
        <Radio.Group
          options={[
            { value: "me", label: t("bookings.me") },
            { value: "queue", label: t("bookings.queue_only") },
          ]}
          vertical
        />
      </Form.Item>
      <Form.Item name="queue" label={t("bookings.queue")}>
        <Select
          allowClear={!booked}
          placeholder={t("bookings.usual_queue")}
          options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))}
          showSearch={{ optionFilterProp: "label" }}
        />
      </Form.Item>
      {!booked && (
        <Form.Item name="note" label={t("bookings.note")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} data-testid="book-note" />
        </Form.Item>
      )}
    </FormDialog>
  );
}
