/** Below the matrix: where one is, the keys, and levels for those who use the mouse. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Grid.module.css";
import { boxOf } from "./selection";
import { MOST } from "./sheet";
import type { Matrix } from "./useMatrix";

const LEVELS = Array.from({ length: MOST }, (_, index) => index + 1);

function Key(props: { readonly keys: string; readonly label: string }): ReactNode {
  const { t } = useTexts();
  return (
    <span>
      <kbd>{props.keys}</kbd>
      {t(props.label)}
    </span>
  );
}

export function MatrixFoot(props: { readonly matrix: Matrix; readonly mayEdit: boolean }): ReactNode {
  const { t, local } = useTexts();
  const { shown, selection, setLevel, undo, draft } = props.matrix;
  const [row, column] = [shown.rows[selection.head.row], shown.columns[selection.head.column]];
  const box = boxOf(selection);
  const cells = (box.bottom - box.top + 1) * (box.right - box.left + 1);
  return (
    <div className={css.foot}>
      <span style={{ color: "var(--text)" }} className="ellipsis" data-testid="matrix-place">
        {row && column ? `${row.name} · ${local(column.name) || column.code}` : ""}
        {cells > 1 && ` · ${t("matrix.cells", { count: cells })}`}
      </span>
      {props.mayEdit && (
        <>
          <span className="row" style={{ gap: 0 }}>
            {LEVELS.map((level) => (
              <Button key={level} size="small" type="text" style={{ padding: "0 5px", minWidth: 22 }} onClick={() => setLevel(level)} aria-label={t("matrix.set", { level })}>
                {level}
              </Button>
            ))}
            <Button size="small" type="text" danger onClick={() => setLevel(0)} aria-label={t("common.remove")}>
              ×
            </Button>
            <Button size="small" type="text" disabled={draft.past.length === 0} onClick={undo}>
              {t("matrix.back")}
            </Button>
          </span>
          <Key keys="1–9, 0" label="matrix.key_level" />
          <Key keys="Del" label="matrix.key_remove" />
          <Key keys="Shift ↑↓←→" label="matrix.key_extend" />
          <Key keys="Ctrl D" label="matrix.key_fill" />
          <Key keys="Ctrl C / V" label="matrix.key_copy" />
          <Key keys="Ctrl Z" label="matrix.key_undo" />
          <Key keys="Ctrl S" label="matrix.key_save" />
        </>
      )}
    </div>
  );
}
