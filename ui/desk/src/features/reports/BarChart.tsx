/** Calls by interval: answered, left, and the rest, stacked. Plain SVG. */
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useWidth } from "@/parts/useWidth";
import css from "./Reports.module.css";
import { niceTop, type Point } from "./series";

const HEIGHT = 190;
const LEFT = 34;
const BOTTOM = 22;
const PLOT = HEIGHT - BOTTOM - 8;
const PARTS = ["answered", "abandoned", "other"] as const;

interface BarProps {
  readonly point: Point;
  readonly x: number;
  readonly width: number;
  readonly top: number;
}

function Bar({ point, x, width, top }: BarProps): ReactNode {
  let y = 8 + PLOT;
  return PARTS.map((part) => {
    const height = (point[part] / top) * PLOT;
    y -= height;
    return height > 0 ? <rect key={part} className={css[part]} x={x} y={y} width={width} height={height} /> : null;
  });
}

export function BarChart(props: { readonly points: readonly Point[]; readonly daily: boolean }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const [over, setOver] = useState<number | null>(null);
  const { points } = props;
  const { ref, width } = useWidth(1000);
  if (points.every((it) => it.offered === 0)) return <Nothing title={t("reports.empty")} hint={t("reports.empty_hint")} />;
  const top = niceTop(Math.max(...points.map((it) => it.offered)));
  const step = (width - LEFT) / points.length;
  const label = (point: Point): string => (props.daily ? (times.dateTime(point.from).split(" ")[0] ?? "") : times.timeOfDay(point.from));
  const every = Math.ceil(points.length / Math.max(4, width / 76));
  const shown = over === null ? undefined : points[over];
  return (
    <figure className={css.chart} ref={ref}>
      <figcaption className="row wrap">
        {PARTS.map((part) => (
          <span key={part} className={`${css.legend ?? ""} ${css[`${part}Key`] ?? ""}`}>
            {t(`reports.${part}`)}
          </span>
        ))}
        <span className="grow" />
        <span className="num quiet">
          {shown ? `${label(shown)} · ${t("reports.offered")} ${shown.offered} · ${PARTS.map((it) => `${t(`reports.${it}`)} ${shown[it]}`).join(" · ")}` : " "}
        </span>
      </figcaption>
      <svg width={width} height={HEIGHT} role="img" aria-label={t("reports.load")}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line className={css.grid} x1={LEFT} x2={width} y1={8 + PLOT * (1 - share)} y2={8 + PLOT * (1 - share)} />
            <text className={css.axis} x={LEFT - 6} y={12 + PLOT * (1 - share)} textAnchor="end">
              {top * share}
            </text>
          </g>
        ))}
        {points.map((point, index) => {
          const x = LEFT + step * index;
          return (
            <g key={point.from} onMouseEnter={() => setOver(index)} onMouseLeave={() => setOver(null)}>
              <rect className={css.hit} data-over={over === index} x={x} y={8} width={step} height={PLOT} />
              <Bar point={point} x={x + Math.max(1, step * 0.15)} width={Math.min(42, step * 0.7)} top={top} />
              {index % every === 0 && (
                <text className={css.axis} x={x + Math.max(1, step * 0.15)} y={HEIGHT - 6}>
                  {label(point)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
