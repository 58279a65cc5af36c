/** The skills matrix: every agent's levels in groups, languages, skills and products, edited in place and saved in one go. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import type { SkillsMatrix } from "@huying/api";
import { changeMatrix, useSkillsMatrix } from "@/server/routing";
import { useMay } from "@/server/session";
import { toSave } from "./draft";
import { Grid } from "./Grid";
import css from "./Grid.module.css";
import { MatrixBar } from "./MatrixBar";
import { MatrixFoot } from "./MatrixFoot";
import { sheetOf } from "./sheet";
import { SkillsDialog } from "./SkillsDialog";
import { useMatrix } from "./useMatrix";

function Editor(props: { readonly data: SkillsMatrix }): ReactNode {
  const { t } = useTexts();
  const mayEdit = useMay()("queues.manage");
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const [asked, setAsked] = useState(false);
  const sheet = useMemo(() => sheetOf(props.data), [props.data]);
  const matrix = useMatrix(sheet, mayEdit, () => setAsked(matrix.draft.changes.size > 0));
  const { draft, shown } = matrix;
  useUnsaved(draft.changes.size > 0);
  const save = async (): Promise<void> => {
    setAsked(false);
    const changes = toSave(draft, sheet.columns);
    if (!(await run(() => changeMatrix(changes)))) return;
    void message.success(t("matrix.saved", { count: changes.length }));
    await client.invalidateQueries({ predicate: ({ queryKey }) => ["skills-matrix", "groups", "agents", "changes"].includes(String(queryKey[0])) });
  };
  const empty = shown.rows.length === 0 || shown.columns.length === 0;
  return (
    <section className="panel">
      <MatrixBar sheet={sheet} matrix={matrix} mayEdit={mayEdit} busy={busy} asked={asked} onAsk={setAsked} onSave={() => void save()} />
      {empty ? (
        <div className="body grow">
          <Nothing title={sheet.rows.length === 0 || sheet.columns.length === 0 ? t("matrix.none") : t("matrix.none_found")} hint={sheet.rows.length === 0 ? t("matrix.none_hint") : ""} />
        </div>
      ) : (
        <Grid
          sheet={shown}
          changes={draft.changes}
          contested={matrix.contested}
          selection={matrix.selection}
          onSelect={matrix.select}
          onKey={matrix.onKey}
          onCopy={matrix.onCopy}
          onPaste={matrix.onPaste}
        />
      )}
      <MatrixFoot matrix={matrix} mayEdit={mayEdit} />
    </section>
  );
}

export default function SkillsPage(): ReactNode {
  const { t } = useTexts();
  const mayEdit = useMay()("queues.manage");
  const query = useSkillsMatrix();
  const [skills, setSkills] = useState(false);
  return (
    <div className={css.page} data-testid="skills-page">
      <div className="page-head">
        <h1>{t("admin_area.skills")}</h1>
        <span className="quiet grow">{t("matrix.hint")}</span>
        {mayEdit && (
          <Button onClick={() => setSkills(true)} data-testid="skills-list">
            {t("matrix.skills")}
          </Button>
        )}
      </div>
      <Loaded query={query} rows={12}>
        {(data) => <Editor data={data} />}
      </Loaded>
      {skills && <SkillsDialog onClose={() => setSkills(false)} />}
    </div>
  );
}
