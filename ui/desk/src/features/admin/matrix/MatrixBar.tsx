/** Above the matrix: what is shown, and saving. */
import { Button, Popconfirm, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { SearchBox } from "@/parts/SearchBox";
import { ExportMatrix } from "./ExportMatrix";
import css from "./Grid.module.css";
import type { ColumnKind, Sheet } from "./sheet";
import type { Matrix } from "./useMatrix";

interface MatrixBarProps {
  readonly sheet: Sheet;
  readonly matrix: Matrix;
  readonly mayEdit: boolean;
  readonly busy: boolean;
  readonly asked: boolean;
  readonly onAsk: (asked: boolean) => void;
  readonly onSave: () => void;
}

function SaveButtons(props: MatrixBarProps): ReactNode {
  const { t } = useTexts();
  const { draft, discard, contested } = props.matrix;
  const pending = [...draft.changes.values()];
  const removed = pending.filter((it) => it.level === 0).length;
  const agents = new Set(pending.map((it) => it.agent_id)).size;
  const summary = (
    <div style={{ maxWidth: 320 }}>
      <div>{t("matrix.summary", { agents, set: pending.length - removed, removed })}</div>
      {contested.size > 0 && <div style={{ color: "var(--bad)" }}>{t("matrix.contested", { count: contested.size })}</div>}
      <div className="quiet">{t("matrix.at_once")}</div>
    </div>
  );
  return (
    <>
      <Button disabled={pending.length === 0} onClick={discard} data-testid="matrix-discard">
        {t("matrix.discard")}
      </Button>
      <Popconfirm
        open={props.asked && pending.length > 0}
        onOpenChange={props.onAsk}
        title={t("matrix.save_title", { count: pending.length })}
        description={summary}
        okText={t("common.save")}
        onConfirm={props.onSave}
        okButtonProps={{ autoFocus: true, "data-testid": "matrix-save-yes" }}
      >
        <Button type="primary" disabled={pending.length === 0} danger={contested.size > 0} loading={props.busy} data-testid="matrix-save">
          {pending.length > 0 ? t("matrix.save", { count: pending.length }) : t("common.save")}
        </Button>
      </Popconfirm>
    </>
  );
}

export function MatrixBar(props: MatrixBarProps): ReactNode {
  const { t, local, code } = useTexts();
  const { sheet, matrix } = props;
  const { filter, setFilter } = matrix;
  const kinds = [...new Set(sheet.columns.map((it) => it.kind))];
  const columns = sheet.columns.map((it) => ({ value: it.key, label: local(it.name) || it.code }));
  return (
    <div className={css.bar}>
      <SearchBox value={filter.search} onChange={(search) => setFilter({ search })} placeholder={t("matrix.search")} width={150} />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: 132 }}
        placeholder={t("matrix.of_group")}
        value={filter.group}
        onChange={(group: string | undefined) => setFilter({ group: group ?? null })}
        options={columns.filter((it) => it.value.startsWith("group:"))}
        aria-label={t("matrix.of_group")}
      />
      <Select<ColumnKind[]>
        mode="multiple"
        maxTagCount="responsive"
        style={{ width: 132 }}
        placeholder={t("matrix.kinds")}
        value={[...filter.kinds]}
        onChange={(value) => setFilter({ kinds: value })}
        options={kinds.map((value) => ({ value, label: code("column_kind", value) }))}
        aria-label={t("matrix.kinds")}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: 132 }}
        placeholder={t("matrix.sort")}
        value={filter.sort}
        onChange={(sort: string | undefined) => setFilter({ sort: sort ?? null })}
        options={columns}
        aria-label={t("matrix.sort")}
      />
      <span className="grow" />
      <ExportMatrix sheet={matrix.shown} draft={matrix.draft} />
      {props.mayEdit && <SaveButtons {...props} />}
    </div>
  );
}
