/** The rules of dialling, and a trial of what they say. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { DialAnswer, DialRule } from "@huying/api";
import { Alert, Button, Input, Popconfirm, Select, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { askDial, removeDialRule, useDialRules, useRenewDialling } from "@/server/dialling";
import { useSchedules } from "@/server/hours";
import { useAgents, useNames } from "@/server/names";
import { RuleDialog } from "./RuleDialog";

function Who(props: { readonly rule: DialRule }): ReactNode {
  const { t, code } = useTexts();
  const names = useNames();
  const { roles, groups, agents } = props.rule;
  const all = [...roles.map((it) => code("role", it)), ...groups.map(names.group), ...agents.map(names.agent)];
  return all.length ? all.join(" · ") : t("dialling.everybody");
}

function What(props: { readonly rule: DialRule }): ReactNode {
  const { t } = useTexts();
  const { classes, allowed, forbidden } = props.rule;
  return (
    <span className="row wrap">
      {classes.map((it) => (
        <Pill key={it} tone="idle">
          {t(`dialling.class_${it}`)}
        </Pill>
      ))}
      {allowed.length > 0 && <span className="num">{allowed.join(" ")}</span>}
      {forbidden.length > 0 && <span className="num">{`${t("dialling.forbidden")}: ${forbidden.join(" ")}`}</span>}
    </span>
  );
}

function useColumns(onEdit: (rule: DialRule) => void): TableColumnsType<DialRule> {
  const { t, local } = useTexts();
  const { run } = useCommand();
  const renew = useRenewDialling();
  const schedules = useSchedules().data ?? [];
  return [
    { key: "name", title: t("dialling.name"), width: 200, render: (_, row) => <b className={row.active ? "" : "quiet"}>{row.active ? row.name : `${row.name} (${t("dialling.off")})`}</b> },
    { key: "who", title: t("dialling.who"), render: (_, row) => <Who rule={row} /> },
    { key: "what", title: t("dialling.what"), render: (_, row) => <What rule={row} /> },
    { key: "when", title: t("dialling.when"), width: 140, render: (_, row) => local(schedules.find((it) => it.id === row.schedule_id)?.name) || t("dialling.always") },
    {
      key: "edit",
      title: "",
      width: 110,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => onEdit(row)} data-testid="dial-rule-edit">
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("dialling.remove")} onConfirm={() => void run(() => removeDialRule(row.id)).then(renew)}>
            <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} />
          </Popconfirm>
        </span>
      ),
    },
  ];
}

function Trial(): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const agents = useAgents().data ?? [];
  const [agent, setAgent] = useState<string | null>(null);
  const [number, setNumber] = useState("");
  const [answer, setAnswer] = useState<DialAnswer | null>(null);
  const ask = (): void => void run(async () => setAnswer(await askDial(agent ?? "", number, null)));
  const told = answer && [`${t(`dialling.class_${answer.kind}`)} ${phoneNumber(answer.number)}`, t(`dialling.why_${answer.why}`), answer.rule && t("dialling.by_rule", { rule: answer.rule }), t("dialling.sent", { sent: answer.sent })];
  return (
    <section className="panel" style={{ marginTop: 12 }}>
      <div className="body" style={{ display: "grid", gap: 10 }}>
        <b>{t("dialling.try")}</b>
        <div className="row wrap">
          <Select style={{ width: 220 }} value={agent} onChange={setAgent} placeholder={t("dialling.try_agent")} aria-label={t("dialling.try_agent")} showSearch={{ optionFilterProp: "label" }} options={agents.map((it) => ({ value: it.id, label: `${it.extension} ${it.name}` }))} />
          <Input style={{ width: 200 }} value={number} maxLength={40} placeholder={t("dialling.try_number")} aria-label={t("dialling.try_number")} onChange={(event) => setNumber(event.target.value)} onPressEnter={ask} data-testid="dial-try-number" />
          <Button onClick={ask} loading={busy} disabled={!agent || !number.trim()} data-testid="dial-try">
            {t("dialling.try_ask")}
          </Button>
        </div>
        {answer && <Alert type={answer.allowed ? "success" : "warning"} showIcon title={t(answer.allowed ? "dialling.yes" : "dialling.no")} description={told?.filter(Boolean).join(" · ")} data-testid="dial-answer" />}
      </div>
    </section>
  );
}

export function Rules(): ReactNode {
  const { t } = useTexts();
  const query = useDialRules();
  const renew = useRenewDialling();
  const [edited, setEdited] = useState<DialRule | "new" | null>(null);
  const columns = useColumns(setEdited);
  return (
    <>
      <p className="quiet" style={{ marginTop: 0, maxWidth: "90ch" }}>
        {t("dialling.rules_hint")}
      </p>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-dial-rule" style={{ marginBottom: 10 }}>
        {t("dialling.new_rule")}
      </Button>
      <Loaded query={query}>{(rows) => <Table rowKey="id" size="small" pagination={false} columns={columns} dataSource={rows} locale={{ emptyText: <Nothing title={t("dialling.no_rules")} /> }} scroll={{ x: "max-content" }} />}</Loaded>
      <Trial />
      {edited && <RuleDialog rule={edited === "new" ? null : edited} onSaved={renew} onClose={() => setEdited(null)} />}
    </>
  );
}
