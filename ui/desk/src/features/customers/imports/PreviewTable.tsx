/** The first rows as they would be imported, those that would fail with their reasons. */
import type { CustomerImport, ImportLine, ImportPreviewPage } from "@huying/api";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Pill, type Tone } from "@/parts/pills";
import { Scrolls } from "@/parts/Scrolls";
import css from "./Imports.module.css";

const TONES: Readonly<Record<string, Tone>> = { create: "good", update: "busy", skip: "idle", fail: "bad" };

function What(props: { readonly line: ImportLine }): ReactNode {
  const { t } = useTexts();
  const { line } = props;
  return (
    <span data-testid={`preview-${line.act}`}>
      <Pill tone={TONES[line.act] ?? "idle"}>{t(`import_act.${line.act}`)}</Pill> {line.customer && <span className="quiet">{line.customer}</span>}
      {line.problems.map((it) => (
        <div key={`${it.column}-${it.code}`} className={line.act === "fail" ? css.wrong : "quiet"}>
          {[it.column, it.message].filter(Boolean).join(": ")}
        </div>
      ))}
    </span>
  );
}

export function PreviewTable(props: { readonly of: CustomerImport; readonly preview: ImportPreviewPage; readonly targets: readonly string[] }): ReactNode {
  const { t } = useTexts();
  const { of, preview, targets } = props;
  const wrong = (line: ImportLine, column: string): boolean => line.problems.some((it) => it.column === column);
  const columns: TableColumnsType<ImportLine> = [
    { key: "number", title: t("imports.row"), dataIndex: "number", width: 70, className: "num", fixed: "left" },
    { key: "act", title: t("imports.would"), width: 260, fixed: "left", render: (_, line) => <What line={line} /> },
    ...of.columns.flatMap((column, index) =>
      targets[index]
        ? [{ key: column, title: column, ellipsis: true, width: 150, render: (_: unknown, line: ImportLine) => <span className={wrong(line, column) ? css.wrong : undefined}>{line.cells[index] ?? ""}</span> }]
        : [],
    ),
  ];
  return (
    <>
      <p className={preview.failing > 0 ? css.wrong : "quiet"} data-testid="preview-sum">
        {preview.failing > 0 ? t("imports.would_fail", { failing: preview.failing, count: preview.looked_at }) : t("imports.all_well", { count: preview.looked_at })}
      </p>
      <Scrolls label={t("imports.preview")}>
        <Table<ImportLine> size="small" rowKey="number" dataSource={[...preview.items]} columns={columns} pagination={false} scroll={{ x: "max-content", y: 320 }} data-testid="import-preview" />
      </Scrolls>
    </>
  );
}
