/** A customer's appliances and vehicles with what the warranty says today. */
import type { Asset } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Pill } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import css from "./Assets.module.css";
import { warrantyOn } from "./warranty";

const TONES = { none: "idle", in: "good", ending: "warn", out: "bad" } as const;

interface AssetsProps {
  readonly assets: readonly Asset[];
  /** What can be done with one, at its end. */
  readonly acts?: (asset: Asset) => ReactNode;
}

function Line(props: { readonly of: Asset; readonly today: string; readonly acts: AssetsProps["acts"] }): ReactNode {
  const { t, code } = useTexts();
  const { of } = props;
  const warranty = warrantyOn(of.warranty_until, props.today);
  const name = [code("asset_category", of.category), of.model].filter(Boolean).join(" ") || t(`asset_kind.${of.kind}`);
  const facts = [
    of.plate && t("asset.plate_is", { plate: of.plate }),
    of.vin && `VIN ${of.vin}`,
    of.serial && t("asset.serial", { serial: of.serial }),
    of.purchased_on && t("asset.purchased", { date: of.purchased_on }),
    of.warranty_until && t("asset.until", { date: of.warranty_until }),
    of.insurance_until && t("asset.insured", { date: of.insurance_until }),
    of.dealer,
  ].filter(Boolean);
  return (
    <li>
      <div className="row">
        <b className="ellipsis" title={name}>
          {name}
        </b>
        <span className="grow" />
        <Pill tone={TONES[warranty]}>{code("warranty", warranty)}</Pill>
        {props.acts?.(of)}
      </div>
      <div className="quiet" style={{ fontSize: 12 }}>
        {facts.join(" · ")}
      </div>
      {of.note && <div style={{ fontSize: 12 }}>{of.note}</div>}
    </li>
  );
}

export function Assets(props: AssetsProps): ReactNode {
  const { t } = useTexts();
  const today = new Date().toISOString().slice(0, 10);
  if (props.assets.length === 0) return <Nothing title={t("asset.none")} />;
  return (
    <ul className={css.list} data-testid="assets">
      {props.assets.map((it) => (
        <Line key={it.id} of={it} today={today} acts={props.acts} />
      ))}
    </ul>
  );
}
