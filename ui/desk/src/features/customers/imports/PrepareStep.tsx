/** A file that was read: choose what its columns become, see what would happen, and let it run. */
import type { CustomerImport, ImportChoice } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Popconfirm } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Loaded } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { removeImport, startImport, useImportPreview, useImportTargets } from "@/server/imports";
import { objection } from "./columns";
import { ColumnsStep } from "./ColumnsStep";
import css from "./Imports.module.css";
import { PreviewTable } from "./PreviewTable";

export function formWords(of: CustomerImport): string {
  const told = of.form as { readonly kind?: string; readonly sheet?: string; readonly encoding?: string; readonly delimiter?: string };
  if (told.kind === "xlsx") return `Excel · ${told.sheet ?? ""}`;
  const delimiter = told.delimiter === "\t" ? "Tab" : (told.delimiter ?? "");
  return `CSV · ${(told.encoding ?? "").toUpperCase()} · ${delimiter}`;
}

export function PrepareStep(props: { readonly of: CustomerImport; readonly onGone: () => void }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const { of } = props;
  const [choice, setChoice] = useState<ImportChoice>({ targets: [...of.targets], match: of.match, existing: of.existing });
  const targets = useImportTargets();
  const preview = useImportPreview(of.id, useDebounced(choice), true);
  const against = objection(choice.targets, choice.match, choice.existing);
  const begin = async (): Promise<void> => {
    const begun = await startImport(of.id, choice);
    client.setQueryData(["customer-imports", of.id], begun);
    await client.invalidateQueries({ queryKey: ["customer-imports"] });
  };
  const drop = async (): Promise<void> => {
    await removeImport(of.id);
    await client.invalidateQueries({ queryKey: ["customer-imports"] });
    props.onGone();
  };
  return (
    <section className="panel">
      <header>
        <h2 className="ellipsis">{of.file_name}</h2>
        <span className="quiet">
          {formWords(of)} · {t("imports.rows", { count: of.rows })}
        </span>
      </header>
      <div className="body" style={{ display: "flex", flexDirection: "column", gap: 14 }}>
        <Loaded query={targets}>
          {(known) => <ColumnsStep of={of} targets={known} choice={choice} lines={preview.data?.items ?? []} onChoose={setChoice} />}
        </Loaded>
        {preview.error ? <Failure error={preview.error} onRetry={() => void preview.refetch()} /> : preview.data && <PreviewTable of={of} preview={preview.data} targets={choice.targets} />}
      </div>
      <div className={css.bar}>
        {against && <Alert type="warning" showIcon title={t(`import_against.${against}`)} />}
        <span className="grow" />
        <Popconfirm title={t("imports.drop_file")} onConfirm={() => void run(drop)}>
          <Button>{t("common.cancel")}</Button>
        </Popconfirm>
        <Button type="primary" loading={busy} disabled={against !== null} onClick={() => void run(begin)} data-testid="import-start">
          {t("imports.start", { count: of.rows })}
        </Button>
      </div>
    </section>
  );
}
