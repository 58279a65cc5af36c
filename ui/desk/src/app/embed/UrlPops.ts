/** Opens the address that the administrator has set for a queue's calls, on ring or on answer: here, or by the page around the frame. */
import { take, type ScreenPop } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useScreenPop } from "@/features/desk/pop/useScreenPop";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { api } from "@/server/api";
import { useDeskSettings } from "@/server/session";
import { filled } from "./happenings";

export interface OpenedPop {
  readonly url: string;
  readonly contactId: string;
}

export const useEmbedding = () => useQuery({ queryKey: ["embedding"], queryFn: () => take(api.GET("/api/embedding")), staleTime: 60_000 });

const valuesOf = (pop: ScreenPop, contactId: string, direction: string, queue: string): Record<string, string> => ({
  number: pop.contact.remote_number,
  customer_code: pop.customer?.code ?? "",
  contact_id: contactId,
  queue,
  direction,
});

/** `onPage`: what is for the page around; null where there is none. `onBlocked`: the browser did not let a window open. */
export function useUrlPops(onPage: ((pop: OpenedPop) => void) | null, onBlocked: (pop: OpenedPop) => void): void {
  const { call } = usePhone();
  const settings = useEmbedding();
  const desk = useDeskSettings();
  const { data: pop } = useScreenPop(call.contactId);
  const done = useRef("");
  const queueId = call.contact?.queue_id ?? "";
  const pops = settings.data?.pops ?? [];
  const rule = pops.find((it) => it.queue_id !== "" && it.queue_id === queueId) ?? pops.find((it) => it.queue_id === "");
  const due = rule && (rule.opens === "answer" ? inConversation(call.phase) : call.phase === "ringing" || call.phase === "dialling" || inConversation(call.phase));
  const contactId = call.contactId;
  const direction = call.contact?.direction ?? "";
  const queue = desk.data?.queues.find((it) => it.id === queueId)?.code ?? "";
  useEffect(() => {
    if (!rule || !due || !pop || !contactId || done.current === contactId) return;
    done.current = contactId;
    const opened = { url: filled(rule.url, valuesOf(pop, contactId, direction, queue)), contactId };
    if (rule.where === "page") {
      onPage?.(opened);
      return;
    }
    const other = window.open(opened.url, "huying-pop");
    if (other) other.opener = null;
    else onBlocked(opened);
  }, [rule, due, pop, contactId, direction, queue, onPage, onBlocked]);
}
