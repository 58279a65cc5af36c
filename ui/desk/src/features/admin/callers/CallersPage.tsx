/** VIP and blacklist: rules for callers by number, beginning of the number or class, and the classes themselves. */
import { DeleteOutlined, ExportOutlined, PlusOutlined } from "@ant-design/icons";
import type { CallerRule } from "@huying/api";
import { Button, Popconfirm, Segmented, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock, dateTime, phoneNumber } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { useNow } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { removeRule, RULES_FILE, useCallerRules, useCustomerClasses, useRenewCallers, type Effect } from "@/server/callers";
import { useNames } from "@/server/names";
import { useSession } from "@/server/session";
import { Classes } from "./Classes";
import { ImportRules } from "./ImportRules";
import { LookUp } from "./LookUp";
import { RuleDialog } from "./RuleDialog";
import { EFFECT_TONES } from "./words";

const PAGE = 50;

function Who(props: { readonly rule: CallerRule }): ReactNode {
  const { t, local } = useTexts();
  const classes = useCustomerClasses().data ?? [];
  const { matches, value } = props.rule;
  if (matches === "number") return <b className="num">{phoneNumber(value)}</b>;
  if (matches === "prefix") return <b className="num">{t("callers.beginning", { value })}</b>;
  return <b>{matches === "class" ? `${t("callers.by_class")}: ${local(classes.find((it) => it.code === value)?.name) || value}` : t("callers.by_hidden")}</b>;
}

function What(props: { readonly rule: CallerRule }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { rule } = props;
  if (rule.effect === "vip") return t("callers.what_vip", { rank: rule.rank, head_start: clock(rule.head_start_seconds) });
  if (rule.effect === "green") return t("callers.what_green", { agent: names.agent(rule.agent_id ?? ""), seconds: rule.seconds });
  return t("callers.what_blocked");
}

function useColumns(onEdit: (rule: CallerRule) => void, renew: () => void): TableColumnsType<CallerRule> {
  const { t, language } = useTexts();
  const { run } = useCommand();
  const now = useNow();
  const timeZone = useSession().business.time_zone;
  return [
    { key: "who", title: t("callers.matches"), render: (_, row) => <Who rule={row} /> },
    { key: "effect", title: t("callers.effect"), width: 130, render: (_, row) => <Pill tone={EFFECT_TONES[row.effect as Effect]}>{t(`callers.effect_${row.effect}`)}</Pill> },
    { key: "what", title: t("callers.what"), render: (_, row) => <What rule={row} /> },
    {
      key: "until",
      title: t("callers.until"),
      width: 170,
      className: "num",
      render: (_, row) =>
        row.until ? (
          <span className={Date.parse(row.until) <= now ? "quiet" : ""}>
            {dateTime(row.until, { language, timeZone }).slice(0, -3)} {Date.parse(row.until) <= now && t("callers.over")}
          </span>
        ) : (
          <span className="quiet">{t("callers.always")}</span>
        ),
    },
    { key: "reason", title: t("callers.reason"), dataIndex: "reason", ellipsis: true },
    {
      key: "edit",
      title: "",
      width: 110,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => onEdit(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("callers.remove")} onConfirm={() => void run(() => removeRule(row.id)).then(renew)}>
            <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} />
          </Popconfirm>
        </span>
      ),
    },
  ];
}

export default function CallersPage(): ReactNode {
  const { t } = useTexts();
  const renew = useRenewCallers();
  const [search, setSearch] = useState("");
  const [effect, setEffect] = useState<"" | Effect>("");
  const [page, setPage] = useState(1);
  const [edited, setEdited] = useState<CallerRule | "new" | null>(null);
  const query = useCallerRules({ search: useDebounced(search.trim()), effect, limit: PAGE, offset: (page - 1) * PAGE });
  const classes = useCustomerClasses().data ?? [];
  const columns = useColumns(setEdited, renew);
  const find = (value: string): void => {
    setSearch(value);
    setPage(1);
  };
  const show = (value: "" | Effect): void => {
    setEffect(value);
    setPage(1);
  };
  const effects = (["", "vip", "blocked", "green"] as const).map((value) => ({ value, label: t(value ? `callers.effect_${value}` : "callers.all") }));
  return (
    <div className="page" data-testid="callers-page">
      <div className="page-head">
        <h1>{t("admin_area.callers")}</h1>
        <SearchBox value={search} onChange={find} placeholder={t("callers.search")} width={170} />
        <Segmented options={effects} value={effect} onChange={show} />
        <span className="grow" />
        <ImportRules onTaken={renew} />
        <Button icon={<ExportOutlined />} href={RULES_FILE} download>
          {t("common.export")}
        </Button>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-rule">
          {t("callers.new")}
        </Button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <section className="panel">
        <LookUp classes={classes} rules={query.data?.items} />
        <Table<CallerRule>
          size="small"
          rowKey="id"
          dataSource={[...(query.data?.items ?? [])]}
          columns={columns}
          loading={query.isPending}
          pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, hideOnSinglePage: true, showSizeChanger: false, onChange: setPage }}
          locale={{ emptyText: <Nothing title={search || effect ? t("callers.none_found") : t("callers.none")} hint={search || effect ? "" : t("callers.none_hint")} /> }}
        />
      </section>
      <Classes />
      {edited && <RuleDialog rule={edited === "new" ? null : edited} classes={classes} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
