/** One room's messages: read, kept up by the live feed, written with an id of ours and sent again until the server has them. */
import { ApiError, type ColleagueMessage, type NewColleagueMessage, type Room } from "@huying/api";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readMessages, writeMessage } from "@/server/colleagues";
import { merged, missing, stillOut, type Outgoing } from "./thread";

const PAGE = 50;
const AGAIN_MS = 2000;
const boxKey = (room: string): string => `huying.outbox.${room}`;

/** What was written and not confirmed survives a refresh of the page. */
function readBox(room: string): readonly Outgoing[] {
  try {
    return JSON.parse(sessionStorage.getItem(boxKey(room)) ?? "[]") as Outgoing[];
  } catch {
    return [];
  }
}

const bodyOf = (it: Outgoing): NewColleagueMessage => ({
  message_id: it.message_id,
  text: it.text,
  mentions: it.mentions,
  contact_id: it.contact_id ?? null,
  customer_id: it.customer_id ?? null,
});

export interface Thread {
  readonly messages: readonly ColleagueMessage[];
  readonly outbox: readonly Outgoing[];
  readonly loaded: boolean;
  readonly more: boolean;
  readonly error: unknown;
  readonly older: () => Promise<void>;
  readonly write: (draft: Omit<NewColleagueMessage, "message_id">) => void;
  readonly drop: (messageId: string) => void;
  readonly again: (messageId: string) => void;
}

/** To be used with the room's id as the component's key. */
export function useThread(room: Room): Thread {
  const id = room.room_id;
  const [messages, setMessages] = useState<readonly ColleagueMessage[]>([]);
  const [loaded, setLoaded] = useState(false);
  const [more, setMore] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [box, setBox] = useState<readonly Outgoing[]>(() => readBox(id));
  const outbox = useMemo(() => stillOut(box, messages), [box, messages]);
  const sending = useRef(new Set<string>());
  const [tries, setTries] = useState(0);

  const take = useCallback((came: readonly ColleagueMessage[]) => setMessages((known) => merged(known, came)), []);

  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      try {
        const page = await readMessages(id, { limit: PAGE });
        if (!wanted) return;
        take(page.items);
        setMore(page.more);
        setLoaded(true);
        setError(null);
      } catch (reason) {
        if (wanted) setError(reason);
      }
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [id, room.revision, take]);

  const next = loaded ? missing(messages, room) : ({ kind: "nothing" } as const);
  const after = next.kind === "read" ? next.after : null;
  const brought = next.kind === "take" ? next.message : null;
  useEffect(() => {
    if (brought) take([brought]);
    if (after === null) return undefined;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void readMessages(id, { after, limit: 200 })
      .then((page) => (wanted ? take(page.items) : undefined))
      .catch(() => {
        if (wanted) timer = setTimeout(() => setTries((count) => count + 1), AGAIN_MS);
      });
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [id, after, brought, tries, take]);

  useEffect(() => sessionStorage.setItem(boxKey(id), JSON.stringify(outbox)), [id, outbox]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = async (it: Outgoing): Promise<void> => {
      sending.current.add(it.message_id);
      try {
        take([await writeMessage(id, bodyOf(it))]);
      } catch (reason) {
        const final = reason instanceof ApiError && reason.status >= 400 && reason.status < 500 && reason.status !== 429;
        if (final) setBox((now) => now.map((one) => (one.message_id === it.message_id ? { ...one, refused: reason.code } : one)));
        else timer = setTimeout(() => setTries((count) => count + 1), AGAIN_MS);
      } finally {
        sending.current.delete(it.message_id);
      }
    };
    // One after the other, so that they stand in the order they were written in.
    const first = outbox.find((it) => !it.refused);
    if (first && sending.current.size === 0) void send(first);
    return () => clearTimeout(timer);
  }, [id, outbox, tries, take]);

  return {
    messages,
    outbox,
    loaded,
    more,
    error,
    older: async () => {
      const before = messages[0]?.number;
      if (before === undefined) return;
      const page = await readMessages(id, { before, limit: PAGE });
      take(page.items);
      setMore(page.more);
    },
    write: (draft) => setBox((now) => [...stillOut(now, messages), { ...draft, message_id: crypto.randomUUID(), at: new Date().toISOString() }]),
    drop: (messageId) => setBox((now) => now.filter((it) => it.message_id !== messageId)),
    again: (messageId) => setBox((now) => now.map(({ refused, ...it }) => (it.message_id === messageId || !refused ? it : { ...it, refused }))),
  };
}
