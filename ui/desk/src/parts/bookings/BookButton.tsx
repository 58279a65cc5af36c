/** Books a callback for the contact that is on the screen, in it and after it; also by key. */
import { CalendarOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Key, useAction } from "@/parts/shortcuts";
import { BookDialog } from "./BookDialog";
import "./texts";

interface BookButtonProps {
  readonly contactId: string;
  readonly number: string;
  readonly name: string;
  readonly queueId: string | null;
}

export function BookButton(props: BookButtonProps): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  useAction("bookings.book", () => setOpen(true));
  return (
    <>
      <Button size="small" icon={<CalendarOutlined />} onClick={() => setOpen(true)} data-testid="book-callback">
        {t("bookings.book")} <Key keys="b" />
      </Button>
      {open && <BookDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
