/** An import at work or over: how far it is, what came of it, and what one can still do. */
import { DownloadOutlined, StopOutlined, UndoOutlined } from "@ant-design/icons";
import type { CustomerImport } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Progress } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { Pill, type Tone } from "@/parts/pills";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { cancelImport, reportAddress, undoImport } from "@/server/imports";
import { percentOf } from "./columns";
import css from "./Imports.module.css";

export const STATE_TONES: Readonly<Record<string, Tone>> = { ready: "warn", running: "busy", undoing: "busy", done: "good", cancelled: "warn", failed: "bad", undone: "idle" };

function Counts(props: { readonly of: CustomerImport }): ReactNode {
  const { t } = useTexts();
  const { of } = props;
  const shown = (["created", "updated", "skipped", "failed", "removed", "kept", "reverted", "left_alone"] as const).filter((it) => of[it] > 0 || it === "created" || it === "failed");
  return (
    <div className={css.counts} data-testid="import-counts">
      {shown.map((it) => (
        <div key={it}>
          <b className={(it === "failed" || it === "left_alone") && of[it] > 0 ? css.wrong : undefined} data-testid={`import-${it}`}>
            {of[it]}
          </b>
          <span className="quiet">{t(`import_count.${it}`)}</span>
        </div>
      ))}
    </div>
  );
}

function Acts(props: { readonly of: CustomerImport }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const { of } = props;
  const over = ["done", "cancelled", "failed"].includes(of.state);
  const act = (command: (id: string) => Promise<CustomerImport>): void =>
    void run(async () => {
      client.setQueryData(["customer-imports", of.id], await command(of.id));
      await client.invalidateQueries({ queryKey: ["customer-imports"] });
      await client.invalidateQueries({ queryKey: ["customers", "list"] });
    });
  return (
    <div className="row wrap">
      {of.state === "running" && (
        <Button danger icon={<StopOutlined />} loading={busy} onClick={() => act(cancelImport)} data-testid="import-cancel">
          {t("imports.stop")}
        </Button>
      )}
      {of.failed + of.skipped + of.kept + of.left_alone > 0 && (
        <>
          <Button icon={<DownloadOutlined />} href={reportAddress(of.id, "xlsx")} download data-testid="import-report">
            {t(of.kept + of.left_alone > 0 ? "imports.report_undone" : "imports.report")}
          </Button>
          <Button type="text" href={reportAddress(of.id, "csv")} download>
            CSV
          </Button>
        </>
      )}
      {over && of.created + of.updated > 0 && (
        <Popconfirm
          title={t("imports.undo_title", { created: of.created, updated: of.updated })}
          description={<div style={{ maxWidth: 360 }}>{t("imports.undo_hint")}</div>}
          onConfirm={() => act(undoImport)}
        >
          <Button icon={<UndoOutlined />} loading={busy} data-testid="import-undo">
            {t("imports.undo")}
          </Button>
        </Popconfirm>
      )}
    </div>
  );
}

export function ProgressPanel(props: { readonly of: CustomerImport }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { of } = props;
  const atWork = of.state === "running" || of.state === "undoing";
  return (
    <section className="panel" data-testid="import-progress" data-state={of.state}>
      <header>
        <h2 className="ellipsis">{of.file_name}</h2>
        <Pill tone={STATE_TONES[of.state] ?? "idle"}>{t(`import_state.${of.state}`)}</Pill>
        <span className="grow" />
        <span className="quiet num">{of.started_at && times.dateTime(of.started_at)}</span>
      </header>
      <div className="body" style={{ display: "flex", flexDirection: "column", gap: 14 }} aria-live="polite">
        <Progress aria-label={t(`import_state.${of.state}`)} percent={percentOf(of)} status={atWork ? "active" : of.state === "failed" ? "exception" : "normal"} />
        <div className="row quiet num">
          {t("imports.done_of", { done: of.done, count: of.to_do })}
          {atWork && of.seconds_left !== null && <span>· {t("imports.left", { time: clock(of.seconds_left) })}</span>}
        </div>
        {atWork && <p className="quiet">{t("imports.goes_on")}</p>}
        {of.state === "cancelled" && <p>{t("imports.was_stopped", { done: of.done, count: of.rows })}</p>}
        {of.state === "failed" && <p className={css.wrong}>{t("imports.has_failed", { done: of.done })}</p>}
        <Counts of={of} />
        <Acts of={of} />
      </div>
    </section>
  );
}
