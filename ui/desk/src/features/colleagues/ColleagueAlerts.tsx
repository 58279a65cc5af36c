/** What colleagues want of one, on every page: notices, requests for help; and quietly, that messages have arrived. */
import type { Notice } from "@huying/api";
import { Button } from "antd";
import { useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { onTheDesk } from "@/parts/colleagues/rows";
import { useColleagueRows, useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { useNow } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { softNote } from "@/phone/softNote";
import { usePhone } from "@/phone/PhoneProvider";
import { confirmNotice, markRoom, readNotice } from "@/server/colleagues";
import { useMay, useSession } from "@/server/session";
import { HelpCard } from "./HelpCard";
import css from "./Colleagues.module.css";
import "./texts";

function NoticeBanner(props: { readonly notice: Notice; readonly by: string }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const { notice } = props;
  const must = notice.importance === "confirm";
  const done = (): void => void run(() => (must ? confirmNotice(notice.notice_id) : readNotice(notice.notice_id)));
  return (
    <div className={css.notice} data-importance={notice.importance} role="status" data-testid="notice-banner">
      <span className={css.noticeText}>
        <b>{notice.title}</b>
        {notice.text && ` ${notice.text}`} <span className="quiet">{props.by}</span>
      </span>
      <Button size="small" type={must ? "primary" : "default"} loading={busy} onClick={done} data-testid="notice-done">
        {t(must ? "colleagues.confirm" : "colleagues.have_read")}
      </Button>
    </div>
  );
}

/** Tells the server what has arrived here, and sounds softly for what is new; never during a call. */
function useArrivals(): void {
  const rows = useColleagueRows();
  const me = useSession().person.id;
  const { call } = usePhone();
  const quiet = call.phase !== "none";
  const before = useRef<number | null>(null);
  const told = useRef(new Map<string, number>());
  useEffect(() => {
    for (const room of rows.rooms) {
      const mine = room.people.find((it) => it.person_id === me)?.delivered ?? 0;
      if (room.last_number <= Math.max(mine, told.current.get(room.room_id) ?? 0)) continue;
      told.current.set(room.room_id, room.last_number);
      markRoom(room.room_id, { delivered: room.last_number }).catch(() => told.current.delete(room.room_id));
    }
  }, [rows.rooms, me]);
  useEffect(() => {
    if (!rows.loaded) return;
    if (before.current !== null && rows.unread > before.current && !quiet) softNote();
    before.current = rows.unread;
  }, [rows.loaded, rows.unread, quiet]);
}

function Alerts(): ReactNode {
  const me = useSession().person.id;
  const rows = useColleagueRows();
  const names = useRoomNames();
  const now = useNow();
  useArrivals();
  return (
    <div className={css.alerts}>
      {rows.help.filter((it) => it.asked_by !== me).map((it) => <HelpCard key={it.help_id} help={it} />)}
      {rows.notices.filter((it) => onTheDesk(it, now)).map((it) => <NoticeBanner key={it.notice_id} notice={it} by={names.person(it.made_by)} />)}
    </div>
  );
}

export function ColleagueAlerts(): ReactNode {
  return useMay()("colleagues.talk") ? <Alerts /> : null;
}
