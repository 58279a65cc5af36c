/** The names of the columns, written downwards so that many fit. */
import { memo, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Grid.module.css";
import type { Column } from "./sheet";
import { COLUMN, HEAD, NAME, type Span } from "./viewport";

interface GridHeadProps {
  readonly columns: readonly Column[];
  readonly span: Span;
  /** Columns of the selection. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export const GridHead = memo(function GridHead(props: GridHeadProps): ReactNode {
  const { t, local, code } = useTexts();
  const { columns, span } = props;
  return (
    <div className={css.head} role="row" aria-rowindex={1} style={{ height: HEAD }}>
      <div className={css.corner} role="columnheader" style={{ width: NAME, height: HEAD }}>
        {t("matrix.agents", { count: props.count })}
      </div>
      {columns.slice(span.from, span.to).map((column, index) => {
        const at = span.from + index;
        const first = at > 0 && columns[at - 1]?.kind !== column.kind;
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={at + 2}
            data-row={-1}
            data-column={at}
            data-kind={column.kind}
            className={`${css.title ?? ""} ${first ? (css.first ?? "") : ""} ${at >= props.from && at <= props.to ? (css.here ?? "") : ""}`}
            style={{ left: NAME + at * COLUMN, width: COLUMN, height: HEAD }}
            title={`${local(column.name)} (${column.code}) · ${code("column_kind", column.kind)}`}
          >
            <span>{local(column.name) || column.code}</span>
          </div>
        );
      })}
    </div>
  );
});
