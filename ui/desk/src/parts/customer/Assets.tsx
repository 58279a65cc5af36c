/** A customer's appliances with what the warranty says today. */
import type { Asset } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Pill } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import css from "./Assets.module.css";
import { warrantyOn } from "./warranty";

const TONES = { none: "idle", in: "good", ending: "warn", out: "bad" } as const;

export function Assets(props: { readonly assets: readonly Asset[] }): ReactNode {
  const { t, code } = useTexts();
  const today = new Date().toISOString().slice(0, 10);
  if (props.assets.length === 0) return <Nothing title={t("asset.none")} />;
  return (
    <ul className={css.list} data-testid="assets">
      {props.assets.map((it) => {
        const warranty = warrantyOn(it.warranty_until, today);
        return (
          <li key={it.id}>
            <div className="row">
              <b className="ellipsis" title={it.model}>
                {[code("asset_category", it.category), it.model].filter(Boolean).join(" ")}
              </b>
              <span className="grow" />
              <Pill tone={TONES[warranty]}>{code("warranty", warranty)}</Pill>
            </div>
            <div className="row quiet num" style={{ fontSize: 12 }}>
              <span className="ellipsis">{t("asset.serial", { serial: it.serial })}</span>
              <span className="grow" />
              {it.purchased_on && <span>{t("asset.purchased", { date: it.purchased_on })}</span>}
              {it.warranty_until && <span>{t("asset.until", { date: it.warranty_until })}</span>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
