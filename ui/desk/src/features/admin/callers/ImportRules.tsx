/** A list of rules from a file: all of it is tried first, and taken only when every row is right. */
import { ImportOutlined } from "@ant-design/icons";
import type { CallerRuleProblem } from "@huying/api";
import { App, Button, Modal, Table, Upload } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { importRules } from "@/server/callers";
import { partsOf } from "./sheet";

const ROWS_AT_ONCE = 500;

/** Chinese spreadsheets still write GB 18030. */
async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

interface Taken {
  readonly made: number;
  readonly changed: number;
  readonly problems: readonly CallerRuleProblem[];
}

async function takeIn(text: string, onlyTry: boolean): Promise<Taken> {
  let taken: Taken = { made: 0, changed: 0, problems: [] };
  for (const part of partsOf(text, ROWS_AT_ONCE)) {
    const { made, changed, problems } = await importRules(part.text, onlyTry);
    taken = {
      made: taken.made + made,
      changed: taken.changed + changed,
      problems: [...taken.problems, ...problems.map((it) => ({ ...it, row: it.row === 1 ? 1 : it.row + part.before }))],
    };
    if (taken.problems.length > 0 && !onlyTry) break;
  }
  return taken;
}

function Problems(props: { readonly problems: readonly CallerRuleProblem[]; readonly onClose: () => void }): ReactNode {
  const { t, code } = useTexts();
  const words = (it: CallerRuleProblem): string => {
    const known = code("callers_row", it.code);
    return known === it.code ? it.message : known;
  };
  return (
    <Modal open title={t("callers.import_refused", { count: props.problems.length })} onCancel={props.onClose} footer={<Button onClick={props.onClose}>{t("common.cancel")}</Button>}>
      <Table<CallerRuleProblem>
        size="small"
        rowKey={(it) => `${it.row}-${it.code}`}
        dataSource={[...props.problems]}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          { key: "row", title: t("callers.row"), dataIndex: "row", width: 80, className: "num" },
          { key: "message", title: t("callers.problem"), render: (_, it) => words(it) },
        ]}
      />
    </Modal>
  );
}

export function ImportRules(props: { readonly onTaken: () => void }): ReactNode {
  const { t } = useTexts();
  const { message, modal } = App.useApp();
  const { run, busy } = useCommand();
  const [problems, setProblems] = useState<readonly CallerRuleProblem[]>([]);
  const take = async (text: string): Promise<void> => {
    const taken = await takeIn(text, false);
    setProblems(taken.problems);
    if (taken.problems.length === 0) void message.success(t("callers.imported", { made: taken.made, changed: taken.changed }));
    props.onTaken();
  };
  const open = async (file: Blob): Promise<void> => {
    const text = await textOf(file);
    const found = await takeIn(text, true);
    setProblems(found.problems);
    if (found.problems.length > 0) return;
    modal.confirm({
      title: t("callers.import_title", { made: found.made, changed: found.changed }),
      content: t("callers.import_hint"),
      okText: t("callers.import"),
      onOk: () => run(() => take(text)),
    });
  };
  return (
    <>
      <Upload accept=".csv,text/csv" showUploadList={false} beforeUpload={(file) => (void run(() => open(file)), false)}>
        <Button icon={<ImportOutlined />} loading={busy} data-testid="import-rules">
          {t("callers.import")}
        </Button>
      </Upload>
      {problems.length > 0 && <Problems problems={problems} onClose={() => setProblems([])} />}
    </>
  );
}
