/** One's rooms, the last used first; searching looks for people, rooms and words. Arrow keys move, Enter opens. */
import { PlusOutlined } from "@ant-design/icons";
import type { ColleagueMessage, Room } from "@huying/api";
import { Badge, Button, Skeleton } from "antd";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { PresenceDot } from "@/parts/colleagues/PresenceDot";
import { usePresence, useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { SearchBox } from "@/parts/SearchBox";
import { useAction } from "@/parts/shortcuts";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { openDirect, useColleagues, useMessageSearch } from "@/server/colleagues";
import { useSession } from "@/server/session";
import { NewRoom } from "./NewRoom";
import css from "./Colleagues.module.css";

interface Opening {
  readonly onOpen: (id: string) => void;
}

function RoomLine(props: Opening & { readonly room: Room; readonly chosen: boolean }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const names = useRoomNames();
  const presence = usePresence();
  const { room } = props;
  const other = names.other(room);
  const last = room.last;
  const words = last ? (last.erased ? t("colleagues.erased") : last.text || t("colleagues.link")) : t("colleagues.no_messages");
  return (
    <button type="button" className={css.line} aria-current={props.chosen} onClick={() => props.onOpen(room.room_id)} data-testid="room" data-room={room.room_id} data-unread={room.unread}>
      <span className={css.lineHead}>
        {other ? <PresenceDot state={presence(other)} /> : <span className={css.hash}>#</span>}
        <b className="ellipsis grow">{names.room(room)}</b>
        <span className="quiet num">{times.shortTime(last?.at)}</span>
      </span>
      <span className={css.lineHead}>
        <span className="quiet ellipsis grow">{words}</span>
        {room.mentions > 0 && <Badge count={`@${room.mentions}`} size="small" color="#855307" />}
        <Badge count={room.unread} size="small" />
      </span>
    </button>
  );
}

function Found(props: Opening & { readonly typed: string; readonly rooms: readonly Room[] }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const names = useRoomNames();
  const presence = usePresence();
  const times = useTimes();
  const { run } = useCommand();
  const people = useColleagues();
  const messages = useMessageSearch(props.typed);
  const low = props.typed.toLowerCase();
  const matching = (people.data ?? []).filter((it) => it.person_id !== me && `${it.name} ${it.extension}`.toLowerCase().includes(low)).slice(0, 20);
  const rooms = props.rooms.filter((it) => it.kind !== "direct" && names.room(it).toLowerCase().includes(low));
  const write = (person: string): void => void run(async () => props.onOpen((await openDirect(person)).room_id));
  const nothing = matching.length === 0 && rooms.length === 0 && (messages.data ?? []).length === 0;
  return (
    <>
      {matching.map((it) => (
        <button type="button" key={it.person_id} className={css.line} onClick={() => write(it.person_id)} data-testid={`colleague-${it.extension || it.name}`}>
          <span className={css.lineHead}>
            <PresenceDot state={presence(it.person_id)} />
            <b className="ellipsis grow">{it.name}</b>
            <span className="quiet num">{it.extension}</span>
          </span>
        </button>
      ))}
      {rooms.map((it) => (
        <RoomLine key={it.room_id} room={it} chosen={false} onOpen={props.onOpen} />
      ))}
      {(messages.data ?? []).map((it: ColleagueMessage) => (
        <button type="button" key={it.message_id} className={css.line} onClick={() => props.onOpen(it.room_id)} data-testid="found-message">
          <span className={css.lineHead}>
            <b className="ellipsis grow">{names.person(it.person_id)}</b>
            <span className="quiet num">{times.shortTime(it.at)}</span>
          </span>
          <span className="ellipsis">{it.text}</span>
        </button>
      ))}
      {nothing && !messages.isFetching && <Nothing title={t("colleagues.nothing_found")} />}
    </>
  );
}

/** Up and down move between the lines. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>("input, button[data-testid]")];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  lines[Math.max(0, Math.min(lines.length - 1, at + step))]?.focus();
  event.preventDefault();
}

export function RoomList(props: Opening & { readonly rooms: readonly Room[]; readonly loaded: boolean; readonly chosen: string | null; readonly narrow?: boolean }): ReactNode {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const [making, setMaking] = useState(false);
  const search = useDebounced(typed, 200).trim();
  useAction("colleagues.new_room", () => setMaking(true));
  const open = (id: string): void => {
    setTyped("");
    props.onOpen(id);
  };
  return (
    <section className={props.narrow ? `${css.rooms ?? ""} ${css.side ?? ""}` : `panel ${css.rooms ?? ""}`} onKeyDown={moveFocus}>
      <header className={css.roomHead}>
        <SearchBox value={typed} onChange={setTyped} placeholder={t("colleagues.search")} />
        <Button icon={<PlusOutlined />} onClick={() => setMaking(true)} aria-label={t("colleagues.new_room")} title={t("colleagues.new_room")} data-testid="new-room" />
      </header>
      <div className={css.lines}>
        {!props.loaded && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        {search ? <Found typed={search} rooms={props.rooms} onOpen={open} /> : props.rooms.map((it) => <RoomLine key={it.room_id} room={it} chosen={it.room_id === props.chosen} onOpen={open} />)}
        {props.loaded && !search && props.rooms.length === 0 && <Nothing title={t("colleagues.no_rooms")} hint={t("colleagues.no_rooms_hint")} />}
      </div>
      {making && <NewRoom onClose={() => setMaking(false)} onMade={open} />}
    </section>
  );
}
