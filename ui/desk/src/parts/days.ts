/** Days as they are picked, in the business's time zone. */
import dayjs, { type Dayjs } from "dayjs";
import { serverNow } from "@/server/clock";
import { useSession } from "@/server/session";
import { dayParts, zonedToUtc } from "./format";

/** Today where the business is, which may be another day than here. */
export function useToday(): Dayjs {
  const { year, month, day } = dayParts(serverNow(), useSession().business.time_zone);
  return dayjs(`${year}-${month}-${day}`);
}

/** A picked day's beginning in the business's time zone, `plusDays` later, as an ISO time. */
export function dayStart(day: Dayjs, timeZone: string, plusDays: number): string {
  return new Date(zonedToUtc(Date.UTC(day.year(), day.month(), day.date() + plusDays), timeZone)).toISOString();
}
