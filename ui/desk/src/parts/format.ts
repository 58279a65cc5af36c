/** Numbers and times as people read them. Pure. */

/** 75 -> "1:15", 3700 -> "1:01:40". Negative counts as zero. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Seconds between an ISO time and `nowMs`. */
export function secondsSince(iso: string | null | undefined, nowMs: number): number {
  return iso ? Math.max(0, (nowMs - Date.parse(iso)) / 1000) : 0;
}

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? "–" : `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
}

export function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : clock(Math.round(value));
}

export interface TimeStyle {
  readonly language: string;
  readonly timeZone: string;
}

/** "11-21 14:03:09" in the business's time zone; the year only where it is another one. */
export function dateTime(iso: string | null | undefined, style: TimeStyle, nowMs = Date.now()): string {
  if (!iso) return "–";
  const parts = dayParts(Date.parse(iso), style.timeZone);
  const year = dayParts(nowMs, style.timeZone).year === parts.year ? "" : `${parts.year}-`;
  return `${year}${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

/** "14:03" for today, "11-20 14:03" for another day. */
export function shortTime(iso: string | null | undefined, style: TimeStyle, nowMs = Date.now()): string {
  if (!iso) return "–";
  const parts = dayParts(Date.parse(iso), style.timeZone);
  const today = dayParts(nowMs, style.timeZone);
  const time = `${parts.hour}:${parts.minute}`;
  if (parts.year === today.year && parts.month === today.month && parts.day === today.day) return time;
  return parts.year === today.year ? `${parts.month}-${parts.day} ${time}` : `${parts.year}-${parts.month}-${parts.day} ${time}`;
}

/** "14:03" in the business's time zone. */
export function timeOfDay(iso: string | null | undefined, style: TimeStyle): string {
  if (!iso) return "–";
  const parts = dayParts(Date.parse(iso), style.timeZone);
  return `${parts.hour}:${parts.minute}`;
}

interface DayParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

export function dayParts(ms: number, timeZone: string): DayParts {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const found = Object.fromEntries(format.formatToParts(ms).map((it) => [it.type, it.value]));
  const part = (name: string): string => found[name] ?? "";
  return { year: part("year"), month: part("month"), day: part("day"), hour: part("hour"), minute: part("minute"), second: part("second") };
}

/** The moment at which a day begins in a time zone, `daysAgo` days before the day of `nowMs`. ISO in UTC. */
export function startOfDay(nowMs: number, timeZone: string, daysAgo = 0): string {
  const today = dayParts(nowMs, timeZone);
  const wanted = Date.UTC(Number(today.year), Number(today.month) - 1, Number(today.day) - daysAgo);
  return new Date(zonedToUtc(wanted, timeZone)).toISOString();
}

/** The moment whose wall clock in the zone reads as `wallMs` does in UTC. Two rounds, so that a change of offset is met. */
export function zonedToUtc(wallMs: number, timeZone: string): number {
  let guess = wallMs;
  for (let round = 0; round < 2; round++) {
    const shown = dayParts(guess, timeZone);
    const shownMs = Date.UTC(Number(shown.year), Number(shown.month) - 1, Number(shown.day), Number(shown.hour), Number(shown.minute), Number(shown.second));
    guess += wallMs - shownMs;
  }
  return guess;
}

/** +8613812345678 -> "+86 138 1234 5678"; other numbers are left as they are. */
export function phoneNumber(number: string | null | undefined): string {
  if (!number) return "";
  const mobile = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/.exec(number);
  if (mobile) return `+86 ${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const landline = /^\+86(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})$/.exec(number);
  return landline ? `+86 ${landline[1]} ${landline[2]} ${landline[3]}` : number;
}
