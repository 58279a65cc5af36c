/** What each column becomes, with what stands in it; and what is done with customers who are there already. */
import type { CustomerImport, ImportChoice, ImportLine, ImportTarget } from "@huying/api";
import { Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { choose, GROUPS } from "./columns";
import css from "./Imports.module.css";

interface ColumnsStepProps {
  readonly of: CustomerImport;
  readonly targets: readonly ImportTarget[];
  readonly choice: ImportChoice;
  readonly lines: readonly ImportLine[];
  readonly onChoose: (choice: ImportChoice) => void;
}

const SAMPLES = 3;

export function useTargetName(): (target: ImportTarget) => string {
  const { t, local } = useTexts();
  return (target) => (target.name ? local(target.name) : t(`import_target.${target.code.replace(".", "_")}`));
}

function TargetChoice(props: { readonly column: string; readonly value: string; readonly targets: readonly ImportTarget[]; readonly onChange: (value: string) => void }): ReactNode {
  const { t } = useTexts();
  const nameOf = useTargetName();
  const groups = GROUPS.map((group) => ({
    label: t(`import_group.${group}`),
    options: props.targets.filter((it) => it.group === group).map((it) => ({ value: it.code, label: nameOf(it) })),
  })).filter((it) => it.options.length > 0);
  return (
    <Select<string>
      value={props.value}
      onChange={props.onChange}
      options={[{ value: "", label: <span className="quiet">{t("imports.left_out")}</span> }, ...groups]}
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("imports.becomes", { column: props.column })}
      style={{ width: 200 }}
    />
  );
}

export function ColumnsStep(props: ColumnsStepProps): ReactNode {
  const { t } = useTexts();
  const { of, choice, targets } = props;
  const samples = (index: number): string =>
    props.lines
      .map((it) => it.cells[index] ?? "")
      .filter((it) => it !== "")
      .slice(0, SAMPLES)
      .join(" · ");
  const options = (set: string, codes: readonly string[]) => codes.map((value) => ({ value, label: t(`${set}.${value}`) }));
  return (
    <>
      <div className={css.choices}>
        <label>
          {t("imports.match")}
          <Select
            value={choice.match}
            onChange={(match) => props.onChoose({ ...choice, match })}
            options={options("import_match", ["code_or_number", "code", "number", "none"])}
            style={{ width: 220 }}
            data-testid="import-match"
          />
        </label>
        <label>
          {t("imports.existing")}
          <Select
            value={choice.existing}
            disabled={choice.match === "none"}
            onChange={(existing) => props.onChoose({ ...choice, existing })}
            options={options("import_existing", ["update", "skip", "create"])}
            style={{ width: 260 }}
            data-testid="import-existing"
          />
        </label>
      </div>
      <table className={css.columns} data-testid="import-columns">
        <thead>
          <tr>
            <th scope="col">{t("imports.column")}</th>
            <th scope="col">{t("imports.sample")}</th>
            <th scope="col">{t("imports.target")}</th>
          </tr>
        </thead>
        <tbody>
          {of.columns.map((column, index) => (
            <tr key={column}>
              <td>
                <b>{column}</b>
              </td>
              <td className={css.sample} title={samples(index)}>
                {samples(index) || "–"}
              </td>
              <td>
                <TargetChoice
                  column={column}
                  value={choice.targets[index] ?? ""}
                  targets={targets}
                  onChange={(target) => props.onChoose({ ...choice, targets: choose(choice.targets, index, target, targets) })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
