/** The running call's sound in the call bar: how loud both sides are, and a small sign of how good it is, with details. */
import { grade, type Grade, type Quality } from "@huying/softphone/quality";
import { Popover } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { useCallQuality, useLevels } from "@/phone/useCallQuality";
import { useLegQuality } from "@/server/quality";
import css from "./CallSound.module.css";

interface Row {
  readonly role: string;
  readonly mos: number;
  readonly lossPercent: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  readonly codec: string;
}

function Meter(props: { readonly label: string; readonly level: number; readonly testId: string }): ReactNode {
  return (
    <span className={css.meter} title={props.label} aria-label={props.label} role="meter" aria-valuenow={Math.round(props.level * 100)} aria-valuemin={0} aria-valuemax={100} data-testid={props.testId}>
      <i style={{ transform: `scaleY(${props.level.toFixed(2)})` }} />
    </span>
  );
}

/** Both meters draw many times a second; nothing else does. */
function Meters(): ReactNode {
  const { t } = useTexts();
  const levels = useLevels();
  return (
    <>
      <Meter label={t("quality.own_voice")} level={levels.microphone} testId="own-level" />
      <Meter label={t("quality.other_voice")} level={levels.speaker} testId="other-level" />
    </>
  );
}

function Bars(props: { readonly state: Grade | "unknown" }): ReactNode {
  return (
    <span className={css.bars} data-state={props.state} aria-hidden>
      <i />
      <i />
      <i />
    </span>
  );
}

const figures = (row: Row): string[] => [
  row.mos.toFixed(1),
  `${row.lossPercent.toFixed(1)} %`,
  `${Math.round(row.jitterMs)} ms`,
  row.roundTripMs === null ? "–" : `${Math.round(row.roundTripMs)} ms`,
  row.codec || "–",
];

function Details(props: { readonly rows: readonly Row[] }): ReactNode {
  const { t, code } = useTexts();
  if (props.rows.length === 0) return <span className="quiet">{t("quality.measuring")}</span>;
  return (
    <table className={css.details} data-testid="quality-details">
      <thead>
        <tr>
          {["leg", "mos", "loss", "jitter", "round_trip", "codec"].map((it) => (
            <th key={it} title={t(`quality.${it}_hint`)}>
              {t(`quality.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, index) => (
          <tr key={index} data-role={row.role}>
            <td>{code("quality_role", row.role)}</td>
            {figures(row).map((it, column) => (
              <td key={column} className="num">
                {it}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function QualitySign(): ReactNode {
  const { t, code } = useTexts();
  const { call } = usePhone();
  const [open, setOpen] = useState(false);
  const here: Quality | null = useCallQuality();
  const { data: legs = [] } = useLegQuality(call.contactId, open || here === null);
  const engine: Row[] = legs.map((it) => ({ role: it.role, mos: it.mos, lossPercent: it.loss_percent, jitterMs: it.jitter_ms, roundTripMs: it.rtt_ms, codec: it.codec }));
  const rows: Row[] = [...(here ? [{ role: "browser", ...here }] : []), ...engine];
  const mos = here?.mos ?? engine.find((it) => it.role === "agent")?.mos;
  const state = mos === undefined ? "unknown" : grade(mos);
  const words = mos === undefined ? t("quality.measuring") : t("quality.sign", { grade: code("grade", state), mos: mos.toFixed(1) });
  return (
    <Popover trigger={["click", "hover"]} open={open} onOpenChange={setOpen} title={words} content={<Details rows={rows} />}>
      <button type="button" className={css.sign} aria-label={words} data-testid="call-quality" data-grade={state} data-mos={mos ?? ""}>
        <Bars state={state} />
        {state === "poor" && <span>{code("grade", state)}</span>}
      </button>
    </Popover>
  );
}

export function CallSound(): ReactNode {
  const { call, place } = usePhone();
  if (!inConversation(call.phase)) return null;
  return (
    <span className={css.sound}>
      {place === "here" && <Meters />}
      <QualitySign />
    </span>
  );
}
