/** The codes of telephones' keypads: listed, changed, switched off; and the internal numbers that are dialled. */
import type { CodeData, FeatureCode } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Switch } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { CodesTable } from "@/parts/keypad/CodesTable";
import { Loaded } from "@/parts/states";
import { codesKey, saveCode, useCodes } from "@/server/keypad";
import { InnerNumbers } from "./InnerNumbers";

function CodeDialog(props: { readonly code: FeatureCode; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { code } = props;
  return (
    <FormDialog<CodeData>
      title={t(`keypad.action.${code.action}`)}
      initial={{ code: code.code, active: code.active }}
      onSave={(given) => saveCode(code.action, given)}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="code"
    >
      <Form.Item name="code" label={t("keypad.code")} extra={t("keypad.usual", { code: code.usual_code })} rules={[{ required: true, pattern: /^\*[0-9*]{1,4}$/, message: t("keypad.code_hint") }]}>
        <Input autoFocus maxLength={5} style={{ width: 160 }} data-testid="code-input" />
      </Form.Item>
      <Form.Item name="active" label={t("keypad.active")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}

export default function KeypadPage(): ReactNode {
  const { t } = useTexts();
  const query = useCodes();
  const client = useQueryClient();
  const [open, setOpen] = useState<FeatureCode | null>(null);
  const saved = (): void => {
    void client.invalidateQueries({ queryKey: codesKey });
    void client.invalidateQueries({ queryKey: ["changes"] });
  };
  return (
    <div className="page" data-testid="keypad-page">
      <div className="page-head">
        <h1>{t("keypad.title")}</h1>
      </div>
      <section className="panel">
        <div className="body">
          <p className="quiet" style={{ marginTop: 0, maxWidth: "80ch" }}>
            {t("keypad.hint")}
          </p>
          <Loaded query={query}>{(found) => <CodesTable codes={found.items} onChange={setOpen} />}</Loaded>
        </div>
      </section>
      <InnerNumbers />
      {open && <CodeDialog code={open} onClose={() => setOpen(null)} onSaved={saved} />}
    </div>
  );
}
