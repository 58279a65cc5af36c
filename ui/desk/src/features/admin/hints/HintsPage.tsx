/** What agents are told about numbers, whoever has them: to search, add, change, end and take away. */
import { PlusOutlined } from "@ant-design/icons";
import type { NumberHint } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { useNames } from "@/server/names";
import { bringBackHint, removeHint, useNumberHints } from "@/server/numberHints";
import { useMay } from "@/server/session";
import { HintDialog } from "./HintDialog";

const PAGE = 50;

/** Takes a hint away, with the way back at hand. */
function useRemove(renew: () => Promise<void>): (hint: NumberHint) => void {
  const { t } = useTexts();
  const { notification } = App.useApp();
  const { run } = useCommand();
  return (hint) =>
    void run(async () => {
      await removeHint(hint.id);
      await renew();
      const undo = async (): Promise<void> => {
        await bringBackHint(hint.id);
        notification.destroy(hint.id);
        await renew();
      };
      notification.success({
        key: hint.id,
        title: t("hints.removed", { number: phoneNumber(hint.number) }),
        description: hint.text,
        duration: 30,
        actions: (
          <Button size="small" onClick={() => void run(undo)} data-testid="undo-hint">
            {t("common.undo")}
          </Button>
        ),
      });
    });
}

function useColumns(onEdit: (hint: NumberHint) => void, onRemove: (hint: NumberHint) => void): TableColumnsType<NumberHint> {
  const { t } = useTexts();
  const times = useTimes();
  const names = useNames();
  const may = useMay();
  const acts = (row: NumberHint): ReactNode => (
    <span className="row" style={{ gap: 0 }}>
      <Button size="small" type="link" onClick={() => onEdit(row)} data-testid="edit-hint">
        {t("common.edit")}
      </Button>
      <Button size="small" type="link" danger onClick={() => onRemove(row)} data-testid="remove-hint">
        {t("common.remove")}
      </Button>
    </span>
  );
  const day = (iso: string): string => times.dateTime(iso).slice(0, -9);
  return [
    { key: "number", title: t("hints.number"), width: 170, render: (_, row) => <b className="num">{phoneNumber(row.number)}</b> },
    { key: "level", title: t("hints.level"), width: 100, render: (_, row) => <Pill tone={row.level === "warning" ? "bad" : "busy"}>{t(`hints.level_${row.level}`)}</Pill> },
    { key: "text", title: t("hints.text"), render: (_, row) => <span className={row.active ? undefined : "quiet"}>{row.text}</span> },
    {
      key: "until",
      title: t("hints.until"),
      width: 150,
      className: "num",
      render: (_, row) => <span className="quiet">{row.until ? `${day(row.until)} ${row.active ? "" : t("hints.over")}` : t("hints.always")}</span>,
    },
    { key: "by", title: t("hints.by"), width: 150, ellipsis: true, render: (_, row) => <span className="quiet">{`${day(row.at)} ${row.person_id ? names.agent(row.person_id) : ""}`}</span> },
    ...(may("customers.edit") ? [{ key: "acts", title: "", width: 150, render: (_: unknown, row: NumberHint) => acts(row) }] : []),
  ];
}

export default function HintsPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const client = useQueryClient();
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<"active" | "all">("active");
  const [page, setPage] = useState(1);
  const [edited, setEdited] = useState<NumberHint | "new" | null>(null);
  const query = useNumberHints({ search: useDebounced(search.trim()), active: shown === "active", limit: PAGE, offset: (page - 1) * PAGE });
  const renew = async (): Promise<void> => {
    await client.invalidateQueries({ predicate: ({ queryKey }) => ["number-hints", "screen-pop", "customers"].includes(String(queryKey[0])) });
  };
  const columns = useColumns(setEdited, useRemove(renew));
  return (
    <div className="page" data-testid="hints-page">
      <div className="page-head">
        <h1>{t("admin_area.hints")}</h1>
        <SearchBox
          value={search}
          onChange={(value) => {
            setSearch(value);
            setPage(1);
          }}
          placeholder={t("hints.search")}
          width={200}
        />
        <Segmented
          options={(["active", "all"] as const).map((value) => ({ value, label: t(`hints.show_${value}`) }))}
          value={shown}
          onChange={(value) => {
            setShown(value);
            setPage(1);
          }}
        />
        <span className="grow" />
        {may("customers.edit") && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-hint">
            {t("hints.new")}
          </Button>
        )}
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <section className="panel">
        <Table<NumberHint>
          size="small"
          rowKey="id"
          dataSource={[...(query.data?.items ?? [])]}
          columns={columns}
          loading={query.isPending}
          pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, hideOnSinglePage: true, showSizeChanger: false, onChange: setPage }}
          locale={{ emptyText: <Nothing title={t(search ? "hints.none_found" : "hints.none")} hint={search ? "" : t("hints.none_hint")} /> }}
        />
      </section>
      {edited && <HintDialog of={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={() => void renew()} />}
    </div>
  );
}
