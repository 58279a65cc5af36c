/** Every figure with the one formula it has. */
import type { QueueReport } from "@huying/api";
import { Collapse } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Reports.module.css";

export function Formulas(props: { readonly report: QueueReport }): ReactNode {
  const { t, local } = useTexts();
  const { figures, identity } = props.report;
  const list = (
    <>
      <p>{local(identity)}</p>
      <dl className={css.formulas}>
        {figures.map((it) => (
          <div key={it.code}>
            <dt>{local(it.name)}</dt>
            <dd>{local(it.formula)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
  return <Collapse size="small" items={[{ key: "formulas", label: t("reports.formulas"), children: list }]} data-testid="formulas" />;
}
