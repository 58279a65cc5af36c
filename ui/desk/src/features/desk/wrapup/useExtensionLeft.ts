/** Seconds by which my after-call work can still be extended. Without the settings it is the server that says no. */
import { extensionLeft } from "@/parts/presence";
import { usePhone } from "@/phone/PhoneProvider";
import { useDeskSettings } from "@/server/session";

export function useExtensionLeft(): number {
  const { me } = usePhone();
  const settings = useDeskSettings();
  const queue = settings.data?.queues.find((it) => it.id === me.agent?.queue_id);
  return me.agent && queue ? extensionLeft(me.agent, queue.after_call_most_seconds) : 1;
}
