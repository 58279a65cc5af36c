/** Imports: bring a file, follow one through, and the latest ones. */
import type { CustomerImport } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Table } from "antd";
import type { ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useTexts } from "@/i18n";
import { openable } from "@/parts/openable";
import { Pill } from "@/parts/pills";
import { Loaded, Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useImport, useImports } from "@/server/imports";
import { percentOf } from "./columns";
import { PrepareStep } from "./PrepareStep";
import { ProgressPanel, STATE_TONES } from "./ProgressPanel";
import { UploadStep } from "./UploadStep";

const HERE = "/customers/imports";

function Latest(props: { readonly onOpen: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  return (
    <section className="panel">
      <header>
        <h2>{t("imports.latest")}</h2>
      </header>
      <Loaded query={useImports()}>
        {(items) => (
          <Table<CustomerImport>
            size="small"
            rowKey="id"
            dataSource={[...items]}
            pagination={false}
            locale={{ emptyText: <Nothing title={t("imports.none")} hint={t("imports.none_hint")} /> }}
            onRow={(row) => openable(() => props.onOpen(row.id), "import-row")}
            columns={[
              { key: "name", title: t("imports.file"), ellipsis: true, render: (_, row) => <b>{row.file_name}</b> },
              { key: "state", title: t("imports.state"), width: 130, render: (_, row) => <Pill tone={STATE_TONES[row.state] ?? "idle"}>{t(`import_state.${row.state}`)}</Pill> },
              { key: "rows", title: t("imports.row_count"), width: 100, align: "right", className: "num", dataIndex: "rows" },
              { key: "done", title: "%", width: 70, align: "right", className: "num", render: (_, row) => (row.started_at ? `${percentOf(row)} %` : "") },
              { key: "failed", title: t("import_count.failed"), width: 100, align: "right", className: "num", dataIndex: "failed" },
              { key: "made", title: t("imports.made_at"), width: 170, className: "num", render: (_, row) => times.dateTime(row.made_at) },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function One(props: { readonly id: string; readonly onGone: () => void }): ReactNode {
  return <Loaded query={useImport(props.id)}>{(of) => (of.state === "ready" ? <PrepareStep of={of} onGone={props.onGone} /> : <ProgressPanel of={of} />)}</Loaded>;
}

export default function ImportsPage(): ReactNode {
  const { t } = useTexts();
  const navigate = useNavigate();
  const client = useQueryClient();
  const id = (useParams()["*"] ?? "").split("/")[1];
  const open = (next: string | null): void => void navigate(next ? `${HERE}/${next}` : HERE);
  const uploaded = (found: CustomerImport): void => {
    client.setQueryData(["customer-imports", found.id], found);
    void client.invalidateQueries({ queryKey: ["customer-imports"], exact: true });
    open(found.id);
  };
  if (!id) {
    return (
      <>
        <section className="panel">
          <div className="body">
            <UploadStep onUploaded={uploaded} />
          </div>
        </section>
        <Latest onOpen={open} />
      </>
    );
  }
  return (
    <>
      <div>
        <Button onClick={() => open(null)}>{t("imports.back")}</Button>
      </div>
      <One key={id} id={id} onGone={() => open(null)} />
    </>
  );
}
