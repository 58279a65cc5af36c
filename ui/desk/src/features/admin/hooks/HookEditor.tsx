/** The form of one queue's hook, with its trial beside it. */
import type { Hook } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber, Segmented, Switch } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { removeHook, saveHook } from "@/server/hooks";
import { useMay } from "@/server/session";
import { draftOf, EXAMPLE, inputOf, type HookDraft } from "./draft";
import css from "./Hooks.module.css";
import { HookTrial } from "./HookTrial";

interface PartProps {
  readonly draft: HookDraft;
  readonly set: (change: Partial<HookDraft>) => void;
}

const WORDS = ["queue", "channel", "number", "language", "customer_class", "attributes", "needs", "rank", "head_start_seconds", "hour", "weekday"];

function Expression(props: PartProps): ReactNode {
  const { t } = useTexts();
  return (
    <>
      <Input.TextArea
        autoSize={{ minRows: 6, maxRows: 20 }}
        maxLength={4000}
        className={css.code ?? ""}
        spellCheck={false}
        value={props.draft.expression}
        placeholder={EXAMPLE}
        onChange={(event) => props.set({ expression: event.target.value })}
        aria-label={t("hooks.kind_expression")}
        data-testid="hook-expression"
      />
      <details>
        <summary>{t("hooks.words")}</summary>
        <dl className={css.words}>
          {WORDS.map((word) => (
            <div key={word} style={{ display: "contents" }}>
              <dt>{word}</dt>
              <dd>{t(`hooks.word_${word}`)}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet">{t("hooks.answer_words")}</p>
      </details>
    </>
  );
}

function Service(props: PartProps & { readonly hasSecret: boolean }): ReactNode {
  const { t } = useTexts();
  return (
    <>
      <label className={css.field}>
        {t("hooks.address")}
        <Input value={props.draft.address} maxLength={1000} placeholder="https://crm.example.com/route" onChange={(event) => props.set({ address: event.target.value })} data-testid="hook-address" />
      </label>
      <label className={css.field}>
        {t("hooks.secret")}
        <Input.Password
          value={props.draft.secret ?? ""}
          maxLength={200}
          autoComplete="new-password"
          placeholder={props.hasSecret ? t("hooks.secret_kept") : ""}
          onChange={(event) => props.set({ secret: event.target.value || (props.hasSecret ? null : "") })}
        />
      </label>
      <span className="quiet">{t("hooks.service_hint")}</span>
    </>
  );
}

export function HookEditor(props: { readonly queueId: string; readonly hook: Hook }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const maySet = useMay()("settings.manage");
  const { run, busy } = useCommand();
  const { queueId, hook } = props;
  const [draft, setDraft] = useState(() => draftOf(hook));
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(hook));
  useUnsaved(dirty);
  const set = (change: Partial<HookDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const kinds = (["none", "expression", ...(maySet || draft.kind === "service" ? (["service"] as const) : [])] as const).map((value) => ({ value, label: t(`hooks.kind_${value}`) }));
  const store = async (): Promise<void> => {
    const input = inputOf(draft);
    await (input ? saveHook(queueId, input) : removeHook(queueId));
    await client.invalidateQueries({ predicate: ({ queryKey }) => ["hook", "changes"].includes(String(queryKey[0])) });
  };
  return (
    <div className={css.page}>
      <section className="panel">
        <header>
          <Segmented options={kinds} value={draft.kind} onChange={(kind: HookDraft["kind"]) => set({ kind })} />
          <span className="grow" />
          {dirty && <Button onClick={() => setDraft(draftOf(hook))}>{t("hooks.discard")}</Button>}
          <Button type="primary" disabled={!dirty} loading={busy} onClick={() => void run(store)} data-testid="hook-save">
            {t("common.save")}
          </Button>
        </header>
        <div className="body" style={{ display: "grid", gap: 10 }}>
          <span className="quiet">{t(`hooks.about_${draft.kind}`)}</span>
          {draft.kind === "expression" && <Expression draft={draft} set={set} />}
          {draft.kind === "service" && <Service draft={draft} set={set} hasSecret={hook.has_secret} />}
          {draft.kind !== "none" && (
            <div className="row wrap" style={{ gap: 20 }}>
              <label className="row">
                {t("hooks.timeout")}
                <InputNumber min={50} max={1000} step={50} precision={0} value={draft.timeout_ms} onChange={(value) => set({ timeout_ms: value ?? 500 })} suffix="ms" />
              </label>
              <label className="row">
                <Switch size="small" checked={draft.active} onChange={(active) => set({ active })} />
                {t("hooks.active")}
              </label>
            </div>
          )}
        </div>
      </section>
      {draft.kind !== "none" && <HookTrial queueId={queueId} draft={draft} />}
    </div>
  );
}
