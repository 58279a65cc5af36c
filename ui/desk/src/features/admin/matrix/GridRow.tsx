/** One agent with the levels that are in view. */
import { memo, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { cellKey, type Pending } from "./draft";
import css from "./Grid.module.css";
import type { Column, SheetRow } from "./sheet";
import { COLUMN, HEAD, NAME, ROW, type Span } from "./viewport";

interface CellProps {
  readonly id: string;
  readonly row: number;
  readonly at: number;
  readonly level: number;
  readonly pending: Pending | undefined;
  readonly contested: boolean;
  readonly first: boolean;
  readonly testId: string;
}

const Cell = memo(function Cell(props: CellProps): ReactNode {
  const { t } = useTexts();
  const { level, pending, contested } = props;
  const state = contested ? "contested" : pending ? (level === 0 ? "removed" : "changed") : undefined;
  return (
    <div
      id={`${props.id}-${props.row}-${props.at}`}
      role="gridcell"
      aria-colindex={props.at + 2}
      data-row={props.row}
      data-column={props.at}
      data-state={state}
      data-testid={props.testId}
      className={`${css.cell ?? ""} ${props.first ? (css.first ?? "") : ""}`}
      title={contested ? t("matrix.contested_cell", { was: pending?.was ?? 0 }) : pending ? t("matrix.was", { level: pending.was || "–" }) : undefined}
      style={{ left: NAME + props.at * COLUMN, width: COLUMN, "--level": level } as React.CSSProperties}
    >
      {level || (pending ? "×" : "")}
    </div>
  );
});

interface GridRowProps {
  readonly id: string;
  readonly row: SheetRow;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly span: Span;
  readonly changes: ReadonlyMap<string, Pending>;
  readonly contested: ReadonlySet<string>;
  readonly chosen: boolean;
}

export const GridRow = memo(function GridRow(props: GridRowProps): ReactNode {
  const { row, index, columns, span } = props;
  return (
    <div className={css.row} role="row" aria-rowindex={index + 2} style={{ top: HEAD + index * ROW, height: ROW }}>
      <div className={`${css.name ?? ""} ${props.chosen ? (css.here ?? "") : ""}`} role="rowheader" style={{ width: NAME }} title={row.name}>
        <span className="num quiet">{row.extension}</span>
        <span className="ellipsis">{row.name}</span>
      </div>
      {columns.slice(span.from, span.to).map((column, offset) => {
        const key = cellKey(row.agent_id, column.key);
        const pending = props.changes.get(key);
        const at = span.from + offset;
        return (
          <Cell
            key={column.key}
            id={props.id}
            row={index}
            at={at}
            level={pending?.level ?? row.levels[column.key] ?? 0}
            pending={pending}
            contested={props.contested.has(key)}
            first={at > 0 && columns[at - 1]?.kind !== column.kind}
            testId={`level-${row.extension}-${column.code}`}
          />
        );
      })}
    </div>
  );
});
