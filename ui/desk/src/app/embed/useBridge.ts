/** Tells the page around what happens at the telephone, in order, and answers its commands. */
import { take, type ScreenPop } from "@huying/api";
import type { Call, Snapshot, Status } from "@huying/desk-api/protocol";
import { useCallback, useEffect, useRef } from "react";
import { usePhone, type Phone } from "@/phone/PhoneProvider";
import { api } from "@/server/api";
import { useDeskSettings, useSession } from "@/server/session";
import { useTexts } from "@/i18n";
import { carryOut } from "./commands";
import { happenings, type Shot } from "./happenings";
import { useLinked } from "./link";
import { serve, tell, welcome } from "./parent";

const TRIES = 5;

/** What the server knows of a contact; the feed may be ahead of it by a moment. */
async function popOf(contact_id: string): Promise<ScreenPop | null> {
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      return await take(api.GET("/api/desk/contacts/{contact_id}", { params: { path: { contact_id } } }));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  return null;
}

const statusOf = (phone: Phone): Status | null => {
  const agent = phone.me.agent;
  return agent ? { signed_in: agent.signed_in, status: agent.status, reason: agent.reason, state: agent.state } : null;
};

export function useBridge(): void {
  const { port } = useLinked();
  const phone = usePhone();
  const session = useSession();
  const { local } = useTexts();
  const queues = useDeskSettings().data?.queues;
  const latest = useRef({ phone, queues, local });
  const before = useRef<Shot | null>(null);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    latest.current = { phone, queues, local };
  });

  const callOf = useCallback(async (contactId: string, row: Phone["call"]["contact"]): Promise<Call> => {
    const pop = await popOf(contactId);
    const { queues: known, local: name } = latest.current;
    const queue = known?.find((it) => it.id === row?.queue_id);
    const customer = pop?.customer;
    return {
      contact_id: contactId,
      direction: row?.direction ?? pop?.contact.direction ?? "",
      channel: row?.channel ?? pop?.contact.channel ?? "",
      number: pop?.contact.remote_number ?? "",
      name: customer?.name ?? pop?.contact.remote_name ?? "",
      customer: customer ? { id: customer.id, code: customer.code, name: customer.name, class: customer.class } : null,
      queue: queue ? { id: queue.id, code: queue.code, name: name(queue.name) } : null,
      language: row?.language ?? "",
      attributes: { entry_point: row?.entry_point ?? "" },
    };
  }, []);

  const snapshot = useCallback(async (): Promise<Snapshot> => {
    const now = latest.current.phone;
    const { contactId, contact, phase, muted } = now.call;
    const { id, name, login } = session.person;
    const person = { id, name, login, extension: session.agent?.extension ?? "" };
    return { person, status: statusOf(now), phase, muted, call: contactId ? await callOf(contactId, contact) : null };
  }, [session, callOf]);

  useEffect(() => {
    if (!port) return;
    serve(port, (message) => (message.name === "state" ? snapshot() : carryOut(message.name, message.args, latest.current.phone)));
    line.current = line.current.then(async () => {
      const now = await snapshot();
      welcome(port, now);
      tell(port, "person", now.person);
    });
  }, [port, snapshot]);

  const { call, me } = phone;
  useEffect(() => {
    if (!port || !me.loaded) return;
    const now: Shot = { status: statusOf(latest.current.phone), phase: call.phase, contactId: call.contactId, muted: call.muted };
    const was = before.current ?? { status: null, phase: "none", contactId: null, muted: false };
    before.current = now;
    for (const it of happenings(was, now)) {
      const row = it.contactId === call.contactId ? call.contact : null;
      // One after the other: each with what is known of its contact by then.
      line.current = line.current.then(async () => {
        if (it.name === "status") {
          if (now.status) tell(port, "status", now.status);
          return;
        }
        const found = await callOf(it.contactId ?? "", row);
        if (it.name === "ended") tell(port, "ended", { ...found, answered: it.answered ?? false });
        else tell(port, it.name, found);
      });
    }
  }, [port, call, me, callOf]);
}
