/** Below the matrix: where one is, the keys, and levels for those who use the mouse. */
import { Button, Popover } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Grid.module.css";
import { boxOf } from "./selection";
import { MOST } from "./sheet";
import type { Matrix } from "./useMatrix";

const LEVELS = Array.from({ length: MOST }, (_, index) => index + 1);

/** Keys and the texts of what they do. */
const KEYS: readonly (readonly [string, string])[] = [
  ["1–9, 0", "key_level"],
  ["Delete", "key_remove"],
  ["Shift ↑ ↓ ← →", "key_extend"],
  ["Ctrl Space, Shift Space", "key_whole"],
  ["Ctrl D, Ctrl R", "key_fill"],
  ["Ctrl C, Ctrl V", "key_copy"],
  ["Ctrl Z, Ctrl Y", "key_undo"],
  ["Ctrl S", "key_save"],
];

function Keys(): ReactNode {
  const { t } = useTexts();
  const list = (
    <div className={css.keys}>
      {KEYS.map(([keys, label]) => (
        <div key={label} style={{ display: "contents" }}>
          <kbd>{keys}</kbd>
          <span>{t(`matrix.${label}`)}</span>
        </div>
      ))}
    </div>
  );
  return (
    <Popover content={list} trigger={["hover", "click"]} placement="topRight">
      <Button size="small" type="text">
        {t("help.title")}
      </Button>
    </Popover>
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
          <span className="ellipsis">
            {t("matrix.keys_short")}
          </span>
          <span className="grow" />
          <Keys />
        </>
      )}
    </div>
  );
}
