/** When the customer of a contact is called back: what is booked, to be moved and cancelled, or the way to book it; also by key. */
import { CalendarOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Key, useAction } from "@/parts/shortcuts";
import { useBooked, usePossible } from "@/server/bookings";
import { BookDialog } from "./BookDialog";
import { BookedList } from "./BookedList";
import css from "./Bookings.module.css";
import "./texts";

export interface BookingAbout {
  readonly contactId: string;
  readonly number: string;
  readonly name: string;
  readonly queueId: string | null;
}

interface ContactBookingProps extends BookingAbout {
  /** The disposition asks for it. */
  readonly wanted: boolean;
  /** Also by key: where the contact is the one at hand. */
  readonly byKey: boolean;
}

export function ContactBooking({ wanted, byKey, ...about }: ContactBookingProps): ReactNode {
  const { t, code } = useTexts();
  const [open, setOpen] = useState(false);
  const booked = (useBooked().data?.items ?? []).filter((it) => it.previous_contact_id === about.contactId);
  const [first] = booked;
  const lacking = wanted && !first;
  const why = usePossible(about.contactId, lacking).data?.why ?? "";
  useAction("bookings.book", () => setOpen(true), { active: byKey });
  return (
    <div data-testid="contact-booking">
      {lacking && why && <Alert type="info" showIcon title={t("bookings.impossible", { why: code("bookings.why", why) })} style={{ marginBottom: 8 }} data-testid="booking-impossible" />}
      {first ? (
        <div className={css.booked}>
          <div className={css.small}>{t("bookings.booked")}</div>
          <ul>
            <BookedList booked={booked} small={css.small ?? ""} />
          </ul>
        </div>
      ) : (
        <Button size="small" type={wanted && !why ? "primary" : "default"} ghost={wanted && !why} icon={<CalendarOutlined />} onClick={() => setOpen(true)} data-testid="book-callback">
          {t("bookings.book")} {byKey && <Key keys="b" />}
        </Button>
      )}
      {open && <BookDialog {...(first ? { booked: first } : about)} onClose={() => setOpen(false)} />}
    </div>
  );
}
