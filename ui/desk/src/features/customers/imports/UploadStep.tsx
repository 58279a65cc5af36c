/** Bring a file: dropped or chosen, with its progress, and what is wrong with it when it cannot be read. */
import { InboxOutlined } from "@ant-design/icons";
import { ApiError, type CustomerImport } from "@huying/api";
import { Alert, Progress, Upload } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useErrorText } from "@/parts/states";
import { uploadImport } from "@/server/imports";
import css from "./Imports.module.css";

/** Where in the file it is wrong, as far as the server said. */
function places(error: unknown): string {
  const cells = error instanceof ApiError ? error.details.cells : undefined;
  return Array.isArray(cells) ? cells.join(", ") : "";
}

export function UploadStep(props: { readonly onUploaded: (found: CustomerImport) => void }): ReactNode {
  const { t } = useTexts();
  const errorText = useErrorText();
  const [part, setPart] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async (file: File): Promise<void> => {
    setError(null);
    setPart(0);
    try {
      props.onUploaded(await uploadImport(file, "", setPart));
    } catch (reason) {
      setError(reason);
    } finally {
      setPart(null);
    }
  };
  return (
    <div className={css.drop}>
      <Upload.Dragger
        accept=".xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        showUploadList={false}
        disabled={part !== null}
        beforeUpload={(file) => (void send(file), false)}
        data-testid="import-file"
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t("imports.drop")}</p>
        <p className="quiet">{t("imports.drop_hint")}</p>
      </Upload.Dragger>
      {part !== null && (
        <div role="status" style={{ marginTop: 12 }}>
          <Progress aria-label={t(part < 1 ? "imports.sending" : "imports.reading")} percent={Math.round(part * 100)} status="active" />
          <span className="quiet">{t(part < 1 ? "imports.sending" : "imports.reading")}</span>
        </div>
      )}
      {error !== null && <Alert type="error" showIcon role="alert" style={{ marginTop: 12 }} title={errorText(error)} description={places(error)} data-testid="import-refused" />}
    </div>
  );
}
