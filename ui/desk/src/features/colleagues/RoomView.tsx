/** One room: who is in it, what was said, and what one writes. Seen while the window is looked at, it counts as read. */
import { LoadingOutlined } from "@ant-design/icons";
import type { Room } from "@huying/api";
import { Button } from "antd";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { PresenceDot } from "@/parts/colleagues/PresenceDot";
import { usePresence, useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { Failure, Nothing } from "@/parts/states";
import { markRoom } from "@/server/colleagues";
import { useSession } from "@/server/session";
import { Bubble, OutgoingBubble } from "./Bubble";
import { Composer } from "./Composer";
import { RoomPeople } from "./RoomPeople";
import { useThread } from "./useThread";
import css from "./Colleagues.module.css";

const isLookedAt = (): boolean => document.visibilityState === "visible" && document.hasFocus();

/** Whether the window is in front now. */
function useLookedAt(): boolean {
  const [looked, setLooked] = useState(isLookedAt);
  useEffect(() => {
    const look = (): void => setLooked(isLookedAt());
    const events = ["focus", "blur"] as const;
    for (const name of events) window.addEventListener(name, look);
    document.addEventListener("visibilitychange", look);
    return () => {
      for (const name of events) window.removeEventListener(name, look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return looked;
}

export function RoomView(props: { readonly room: Room; readonly onGone: () => void; readonly before?: ReactNode }): ReactNode {
  const { t } = useTexts();
  const { room } = props;
  const me = useSession().person.id;
  const names = useRoomNames();
  const presence = usePresence();
  const thread = useThread(room);
  const [contact, setContact] = useState<string | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const looked = useLookedAt();
  const last = thread.messages.at(-1)?.number ?? 0;
  useEffect(() => {
    if (looked && last > room.read) void markRoom(room.room_id, { read: last }).catch(() => undefined);
  }, [looked, last, room.read, room.room_id]);
  const shown = last + thread.outbox.length;
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [shown]);
  const other = names.other(room);
  return (
    <>
      <header className={css.roomHead}>
        {props.before}
        {other && <PresenceDot state={presence(other)} />}
        <h2 className="ellipsis" data-testid="room-title">
          {names.room(room)}
        </h2>
        <span className="grow" />
        {room.kind !== "direct" && <RoomPeople room={room} onGone={props.onGone} />}
      </header>
      <div className={css.thread} data-testid="thread" role="log" aria-live="polite" tabIndex={0}>
        {thread.error !== null && <Failure error={thread.error} />}
        {!thread.loaded && thread.error === null && <LoadingOutlined />}
        {thread.more && (
          <Button size="small" type="link" onClick={() => void thread.older()}>
            {t("colleagues.older")}
          </Button>
        )}
        {thread.loaded && thread.messages.length === 0 && thread.outbox.length === 0 && <Nothing title={t("colleagues.say_hello")} />}
        {thread.messages.map((it) => (
          <Bubble key={it.message_id} message={it} room={room} mine={it.person_id === me} onContact={setContact} />
        ))}
        {thread.outbox.map((it) => (
          <OutgoingBubble key={it.message_id} message={it} onAgain={() => thread.again(it.message_id)} onDrop={() => thread.drop(it.message_id)} />
        ))}
        <div ref={end} />
      </div>
      <Composer room={room} onWrite={thread.write} />
      <ContactDrawer contactId={contact} onClose={() => setContact(null)} />
    </>
  );
}
