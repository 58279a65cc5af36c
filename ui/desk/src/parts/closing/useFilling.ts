/** What ready-made texts are filled with: who talks with whom, when, and about which queue. */
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import { serverNow } from "@/server/clock";
import { useNames } from "@/server/names";
import { useSession } from "@/server/session";
import type { Filling } from "./placeholders";

export function useFilling(customer: string, number: string, queueId: string | null): Filling {
  const { person, business } = useSession();
  const { language } = useTexts();
  const times = useTimes();
  const names = useNames();
  const now = new Date(serverNow());
  const date = new Intl.DateTimeFormat(language, { timeZone: business.time_zone, dateStyle: "medium" }).format(now);
  return { customer, number, agent: person.name, date, time: times.timeOfDay(now.toISOString()), queue: queueId ? names.queue(queueId) : "" };
}
