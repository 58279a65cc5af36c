/** Special days from a country's published list or a file: first shown against what is kept, then taken. */
import { UploadOutlined } from "@ant-design/icons";
import type { Country, ImportPreview, ImportSource } from "@huying/api";
import { Alert, Button, InputNumber, Modal, Select, Table, Tabs, Upload, type TableColumnsType } from "antd";
import { useState, type Key, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Scrolls } from "@/parts/Scrolls";
import { useCommand } from "@/parts/useCommand";
import { importDays, previewImport, useCountries, useRenewHours } from "@/server/hours";
import css from "./Hours.module.css";
import { hoursText } from "./week";

interface ImportDialogProps {
  readonly year: number;
  readonly scheduleId: string | null;
  readonly onClose: () => void;
}

type Found = ImportPreview["items"][number];
interface Read {
  readonly preview: ImportPreview;
  readonly source: string;
}

/** Chinese spreadsheets still write GB 18030. */
async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function Published(props: { readonly countries: readonly Country[]; readonly year: number; readonly onRead: (source: ImportSource) => void }): ReactNode {
  const { t, language } = useTexts();
  const [code, setCode] = useState("CN");
  const [part, setPart] = useState("");
  const [year, setYear] = useState<number | null>(props.year);
  const names = new Intl.DisplayNames([language], { type: "region" });
  const country = props.countries.find((it) => it.code === code);
  const options = props.countries.map((it) => ({ value: it.code, label: names.of(it.code) ?? it.code }));
  const known = country !== undefined && year !== null && country.first_year <= year && year <= country.last_year;
  return (
    <div style={{ display: "grid", gap: 8 }}>
      <div className="row wrap">
        <Select
          showSearch={{ optionFilterProp: "label" }}
          style={{ width: 200 }}
          value={code}
          options={options}
          onChange={(value: string) => {
            setCode(value);
            setPart("");
          }}
          aria-label={t("hours.country")}
          data-testid="import-country"
        />
        {country && country.parts.length > 0 && (
          <Select
            showSearch
            allowClear
            style={{ width: 160 }}
            value={part || null}
            placeholder={t("hours.part")}
            options={country.parts.map((value) => ({ value, label: value }))}
            onChange={(value: string | null) => setPart(value ?? "")}
          />
        )}
        <InputNumber value={year} min={1990} max={2100} onChange={setYear} aria-label={t("hours.year")} data-testid="import-year" />
        <Button disabled={!known} onClick={() => props.onRead({ country: code, part, year })} data-testid="import-show">
          {t("hours.show")}
        </Button>
      </div>
      {country && <span className="quiet">{t(country.make_up_days ? "hours.known_china" : "hours.known_years", { first: country.first_year, last: country.last_year })}</span>}
    </div>
  );
}

function Preview(props: { readonly preview: ImportPreview; readonly chosen: readonly Key[]; readonly onChoose: (keys: Key[]) => void }): ReactNode {
  const { t } = useTexts();
  const { preview } = props;
  const words = { new: "good", changed: "warn", same: "" } as const;
  const columns: TableColumnsType<Found> = [
    { key: "day", title: t("hours.date"), dataIndex: "day", className: "num", width: 100 },
    { key: "name", title: t("queue.name"), dataIndex: "name", ellipsis: true },
    { key: "kind", title: t("hours.kind"), width: 140, render: (_, row) => t(`hours.kind_${row.kind}`) },
    { key: "hours", title: t("hours.hours"), render: (_, row) => hoursText(row.hours ?? []) },
    { key: "difference", title: "", width: 100, render: (_, row) => <span className={`pill plain ${words[row.difference]}`}>{t(`hours.difference_${row.difference}`)}</span> },
  ];
  return (
    <>
      {preview.faults.length > 0 && (
        <Alert
          type="warning"
          title={t("hours.faults", { count: preview.faults.length })}
          description={preview.faults.slice(0, 5).map((it) => (
            <div key={`${it.line}-${it.message}`}>{it.line ? t("hours.fault_line", { line: it.line, message: it.message }) : it.message}</div>
          ))}
        />
      )}
      <Scrolls label={t("hours.import")}>
        <Table<Found>
          size="small"
          rowKey="day"
          columns={columns}
          dataSource={preview.items}
          pagination={false}
          scroll={{ y: 260 }}
          rowSelection={{ selectedRowKeys: [...props.chosen], onChange: props.onChoose, getCheckboxProps: (row) => ({ disabled: row.difference === "same" }) }}
          data-testid="import-preview"
        />
      </Scrolls>
    </>
  );
}

export function ImportDialog(props: ImportDialogProps): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const countries = useCountries();
  const renew = useRenewHours();
  const [read, setRead] = useState<Read | null>(null);
  const [chosen, setChosen] = useState<Key[]>([]);
  const look = (source: ImportSource, name: string): void =>
    void run(async () => {
      const preview = await previewImport({ ...source, schedule_id: props.scheduleId });
      setRead({ preview, source: name.slice(0, 40) });
      setChosen(preview.items.filter((it) => it.difference !== "same").map((it) => it.day));
    });
  const store = async (): Promise<void> => {
    const items = (read?.preview.items ?? []).filter((it) => chosen.includes(it.day)).map(({ day, kind, name, hours }) => ({ day, kind, name, hours: hours ?? null }));
    if (!(await run(() => importDays({ schedule_id: props.scheduleId, source: read?.source ?? "", items })))) return;
    renew();
    props.onClose();
  };
  const file = (
    <div style={{ display: "grid", gap: 8 }}>
      <Upload
        accept=".csv,.ics,.txt,text/csv,text/calendar"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(picked) => {
          void textOf(picked).then((text) => look({ text, part: "" }, picked.name));
          return false;
        }}
      >
        <Button icon={<UploadOutlined />}>{t("hours.choose_file")}</Button>
      </Upload>
      <span className="quiet">{t("hours.file_hint")}</span>
    </div>
  );
  return (
    <Modal
      open
      width={720}
      title={t("hours.import_title")}
      onCancel={props.onClose}
      onOk={() => void store()}
      okText={t("hours.take", { count: chosen.length })}
      okButtonProps={{ disabled: chosen.length === 0, "data-testid": "import-take" }}
      confirmLoading={busy}
    >
      <div className={css.body} style={{ padding: 0 }}>
        <Tabs
          size="small"
          onChange={() => setRead(null)}
          items={[
            { key: "published", label: t("hours.published"), children: <Published countries={countries.data ?? []} year={props.year} onRead={(source) => look(source, source.country ?? "")} /> },
            { key: "file", label: t("hours.from_file"), children: file },
          ]}
        />
        {read && <Preview preview={read.preview} chosen={chosen} onChoose={setChosen} />}
      </div>
    </Modal>
  );
}
