/** What administrators do with the company's book: take in and write out a CSV, and say whose presence agents see. */
import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import type { BookSettings } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Select, Upload } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { ENTRIES_CSV, entriesKey, importEntries, saveBookSettings, useBookSettings } from "@/server/targets";

const MOST_PROBLEMS = 10;

function useImport(): (file: File) => void {
  const { t } = useTexts();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const { run } = useCommand();
  return (file) =>
    void run(async () => {
      const told = await importEntries(await file.text(), false);
      if (told.problems.length === 0) {
        void message.success(t("book.imported", { made: told.made, changed: told.changed }));
        await client.invalidateQueries({ queryKey: entriesKey });
        return;
      }
      modal.error({
        title: t("book.import_failed"),
        content: (
          <ul data-testid="import-problems">
            {told.problems.slice(0, MOST_PROBLEMS).map((it) => (
              <li key={`${it.row}${it.message}`}>{t("book.row", { row: it.row, message: it.message })}</li>
            ))}
          </ul>
        ),
      });
    });
}

export function CompanyTools(): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const settings = useBookSettings();
  const { run, busy } = useCommand();
  const take = useImport();
  const choose = async (presence: BookSettings["presence"]): Promise<void> => {
    if (await run(() => saveBookSettings({ presence }))) await client.invalidateQueries({ queryKey: ["address-book-settings"] });
  };
  return (
    <>
      <Select<BookSettings["presence"]>
        size="small"
        value={settings.data?.presence ?? null}
        loading={settings.isPending || busy}
        onChange={(value) => void choose(value)}
        options={(["all", "groups"] as const).map((value) => ({ value, label: t(`book.presence_${value}`) }))}
        aria-label={t("book.presence")}
        style={{ minWidth: 210 }}
        data-testid="book-presence"
      />
      <Upload accept=".csv,text/csv" showUploadList={false} beforeUpload={(file) => (take(file), false)}>
        <Button size="small" icon={<UploadOutlined />} title={t("book.import_hint")} data-testid="book-import">
          {t("book.import")}
        </Button>
      </Upload>
      <Button size="small" icon={<DownloadOutlined />} href={ENTRIES_CSV} data-testid="book-export">
        {t("common.export")}
      </Button>
    </>
  );
}
