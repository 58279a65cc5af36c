/** One call in a line: which way, when, with whom, how long, what was noted. */
import { DownOutlined, FlagFilled, PhoneOutlined, RightOutlined, SoundOutlined } from "@ant-design/icons";
import type { OwnCall } from "@huying/api";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber, seconds } from "@/parts/format";
import { Pill, type Tone } from "@/parts/pills";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import css from "./Calls.module.css";

const TONES: Readonly<Record<OwnCall["kind"], Tone>> = { in: "good", out: "busy", internal: "idle", missed: "bad" };

/** How a missed call was missed, and what became of it. */
export function MissedWords(props: { readonly call: OwnCall }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const { call } = props;
  const became = call.taken ? t("calls.taken", { name: call.taken.name, when: times.timeOfDay(call.taken.at) }) : code("ending", call.ending);
  return (
    <span className="ellipsis" data-testid="missed-words">
      {code("call_result", call.missed)}
      {became && ` · ${became}`}
    </span>
  );
}

interface CallLineProps {
  readonly call: OwnCall;
  readonly opened: boolean;
  readonly busy: boolean;
  readonly onToggle: () => void;
  readonly onCallBack: () => void;
}

export function CallLine(props: CallLineProps): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { call, opened } = props;
  const number = phoneNumber(call.remote_number);
  const name = call.colleague?.name || call.customer_name || call.remote_name;
  const noted = [call.disposition && names.disposition(call.disposition), call.note || call.other?.note].filter(Boolean).join(" · ");
  return (
    <div className={css.line}>
      <button type="button" className={css.open} data-line onClick={props.onToggle} aria-expanded={opened} data-testid="own-call-line">
        <span className={css.fold}>{opened ? <DownOutlined /> : <RightOutlined />}</span>
        <span className={css.kind}>
          <Pill tone={TONES[call.kind]}>{code("calls_kind", call.kind)}</Pill>
        </span>
        <span className={`num ${css.when ?? ""}`} title={times.dateTime(call.at)}>
          {times.shortTime(call.at)}
        </span>
        <span className={`ellipsis ${css.who ?? ""}`}>{name || number || t("desk.web_visitor")}</span>
        <span className={`num quiet ${css.number ?? ""}`}>{name ? number : ""}</span>
        <span className={`ellipsis quiet ${css.queue ?? ""}`}>{call.queue_id ? names.queue(call.queue_id) : ""}</span>
        <span className={`num ${css.talk ?? ""}`}>{call.kind === "missed" || call.not_reached ? "" : seconds(call.talk_seconds)}</span>
        <span className={`ellipsis ${css.note ?? ""}`}>{call.kind === "missed" && !noted ? <MissedWords call={call} /> : noted || code("call_result", call.not_reached)}</span>
        {call.written_later && <span className="quiet">{t("calls.written_later")}</span>}
        {call.follow_up && !call.follow_up.done_at && <FlagFilled style={{ color: "var(--warn)" }} aria-label={t("contact.follow_up")} />}
        {call.recordings.length > 0 && <SoundOutlined aria-label={t("recording.title")} />}
      </button>
      {(call.remote_number || call.colleague) && (
        <Button size="small" icon={<PhoneOutlined />} loading={props.busy} onClick={props.onCallBack} title={t("calls.call_back")} aria-label={t("calls.call_back_to", { name: name || number })} data-testid="call-back" />
      )}
    </div>
  );
}
