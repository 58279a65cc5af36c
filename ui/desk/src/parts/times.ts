/** Times in the business's time zone, as the session knows it. */
import { useSession } from "@/server/session";
import { useTexts } from "@/i18n";
import { dateTime, shortTime, timeOfDay, type TimeStyle } from "./format";

export interface Times extends TimeStyle {
  readonly dateTime: (iso: string | null | undefined) => string;
  readonly shortTime: (iso: string | null | undefined) => string;
  readonly timeOfDay: (iso: string | null | undefined) => string;
}

export function useTimes(): Times {
  const { language } = useTexts();
  const timeZone = useSession().business.time_zone;
  const style = { language, timeZone };
  return { ...style, dateTime: (iso) => dateTime(iso, style), shortTime: (iso) => shortTime(iso, style), timeOfDay: (iso) => timeOfDay(iso, style) };
}
