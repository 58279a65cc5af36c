/** The callbacks that are booked and concern me: when, whom, who is asked first; to be moved and cancelled. */
import type { BookedCallback } from "@huying/api";
import { CloseOutlined, EditOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { bookedKey, cancelBooked } from "@/server/bookings";
import { useNames } from "@/server/names";
import { BookDialog } from "./BookDialog";
import "./texts";

function Row(props: { readonly booked: BookedCallback; readonly small: string; readonly onMove: () => void }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const names = useNames();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const { booked } = props;
  const who = [booked.name, phoneNumber(booked.number)].filter(Boolean).join(" ");
  const cancel = async (): Promise<void> => {
    await run(() => cancelBooked(booked.contact_id));
    await client.invalidateQueries({ queryKey: bookedKey });
  };
  const facts = [
    booked.state === "scheduled" ? times.shortTime(booked.due_at) : t("bookings.due"),
    booked.mine ? t("bookings.mine") : t("bookings.of_queue", { queue: booked.queue_id ? names.queue(booked.queue_id) : "–" }),
    !booked.mine && booked.booked_by_name ? t("bookings.by", { name: booked.booked_by_name }) : "",
    booked.tries > 0 ? t("bookings.tries", { count: booked.tries }) : "",
  ].filter(Boolean);
  return (
    <li data-testid="booked-callback">
      <div>
        <div className="ellipsis num">{who || "–"}</div>
        <div className={props.small}>
          {facts.map((it) => (
            <span key={it}>{it}</span>
          ))}
        </div>
      </div>
      <Button size="small" type="text" icon={<EditOutlined />} aria-label={`${t("bookings.move")}: ${who}`} onClick={props.onMove} disabled={busy} data-testid="booked-move" />
      <Popconfirm title={t("bookings.cancel_sure")} okText={t("bookings.cancel")} cancelText={t("common.cancel")} onConfirm={cancel}>
        <Button size="small" type="text" danger icon={<CloseOutlined />} aria-label={`${t("bookings.cancel")}: ${who}`} disabled={busy} data-testid="booked-cancel" />
      </Popconfirm>
    </li>
  );
}

/** Rows of a list; `small`: the class for what is less important there. */
export function BookedList(props: { readonly booked: readonly BookedCallback[]; readonly small: string }): ReactNode {
  const [moved, setMoved] = useState<BookedCallback | null>(null);
  return (
    <>
      {props.booked.map((it) => (
        <Row key={it.contact_id} booked={it} small={props.small} onMove={() => setMoved(it)} />
      ))}
      {moved && <BookDialog booked={moved} onClose={() => setMoved(null)} />}
    </>
  );
}
