/** Tries a hook as it stands in the form on a made-up contact; nothing is kept. */
import type { HookTried } from "@huying/api";
import { Button, Input, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Pill } from "@/parts/pills";
import { useCommand } from "@/parts/useCommand";
import { useCustomerClasses } from "@/server/callers";
import { tryHook } from "@/server/hooks";
import { useNames } from "@/server/names";
import { attributesOf, inputOf, type HookDraft } from "./draft";
import css from "./Hooks.module.css";

function Decided(props: { readonly answer: NonNullable<HookTried["answer"]> }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { answer } = props;
  const rows: [string, string | number][] = [
    [t("hooks.queue"), answer.queue],
    [t("callers.rank"), answer.rank ?? ""],
    [t("callers.head_start"), answer.head_start_seconds ?? ""],
    [t("hooks.needs"), Object.entries(answer.needs ?? {}).map(([skill, level]) => `${skill} >= ${level}`).join(", ")],
    [t("callers.agent"), answer.agent ? `${names.agent(answer.agent)} (${answer.agent_seconds} s)` : ""],
    ...Object.entries(answer.attributes ?? {}),
  ];
  const said = rows.filter(([, value]) => value !== "");
  if (said.length === 0) return <span className="quiet">{t("hooks.no_change")}</span>;
  return (
    <dl className="facts">
      {said.map(([label, value]) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Tried(props: { readonly tried: HookTried }): ReactNode {
  const { t, code } = useTexts();
  const { tried } = props;
  return (
    <div className={css.tried} data-testid="hook-tried">
      <div className="row">
        <Pill tone={tried.failure ? "bad" : "good"}>{tried.failure ? code("hook_failure", tried.failure) : t("hooks.answered")}</Pill>
        <span className="quiet num">{t("hooks.took", { ms: tried.milliseconds })}</span>
      </div>
      {tried.failure ? (
        <>
          <div>{tried.message}</div>
          <div className="quiet">{t("hooks.fallback")}</div>
        </>
      ) : (
        tried.answer && <Decided answer={tried.answer} />
      )}
      <details>
        <summary>{t("hooks.asked")}</summary>
        <pre className={css.code}>{JSON.stringify(tried.question, null, 2)}</pre>
      </details>
    </div>
  );
}

export function HookTrial(props: { readonly queueId: string; readonly draft: HookDraft }): ReactNode {
  const { t, local } = useTexts();
  const { run, busy } = useCommand();
  const classes = useCustomerClasses().data ?? [];
  const [number, setNumber] = useState("+8613800138000");
  const [language, setLanguage] = useState("zh-CN");
  const [customerClass, setClass] = useState("vip");
  const [attributes, setAttributes] = useState("menu_choice=2\nregion=");
  const [tried, setTried] = useState<HookTried | null>(null);
  const input = inputOf(props.draft);
  const attempt = async (): Promise<void> => {
    if (input) setTried(await tryHook(props.queueId, { ...input, number, language, customer_class: customerClass, channel: "call", attributes: attributesOf(attributes) }));
  };
  return (
    <section className="panel">
      <header>
        <h2>{t("hooks.try")}</h2>
        <span className="quiet ellipsis">{t("hooks.try_hint")}</span>
      </header>
      <div className="body" style={{ display: "grid", gap: 10 }}>
        <label className={css.field}>
          {t("hooks.number")}
          <Input value={number} maxLength={40} onChange={(event) => setNumber(event.target.value)} />
        </label>
        <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 10 }}>
          <label className={css.field}>
            {t("callers.by_class")}
            <Select allowClear value={customerClass || null} options={classes.map((it) => ({ value: it.code, label: local(it.name) }))} onChange={(value: string | null) => setClass(value ?? "")} />
          </label>
          <label className={css.field}>
            {t("hooks.language")}
            <Select value={language} options={["zh-CN", "en"].map((value) => ({ value, label: value }))} onChange={setLanguage} />
          </label>
        </div>
        <label className={css.field}>
          {t("hooks.attributes")}
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} value={attributes} onChange={(event) => setAttributes(event.target.value)} className={css.code ?? ""} />
        </label>
        <div>
          <Button type="primary" ghost disabled={input === null} loading={busy} onClick={() => void run(attempt)} data-testid="hook-try">
            {t("hooks.try")}
          </Button>
        </div>
        {tried && <Tried tried={tried} />}
      </div>
    </section>
  );
}
