/** What may come to an agent who has something in hand, and how much at a time; for everybody who has no rule of his own. */
import type { RoutingSettings } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { saveRoutingSettings, useRoutingSettings } from "@/server/routing";
import { useMay } from "@/server/session";
import { differences, same } from "../changes/differences";
import { Differences } from "../changes/Differences";
import { CHANNELS, joins, turned, type Channel } from "./joins";
import css from "./RoutingPage.module.css";

interface EditorProps {
  readonly draft: RoutingSettings;
  readonly base: RoutingSettings;
  readonly onChange: (draft: RoutingSettings) => void;
  readonly mayEdit: boolean;
}

function Interruptions(props: EditorProps): ReactNode {
  const { t, code } = useTexts();
  const { draft, base } = props;
  const cell = (incoming: Channel, inHand: Channel): ReactNode => {
    const may = joins(draft.joins, incoming, inHand);
    const sentence = t(may ? "interruptions.may" : "interruptions.may_not", { incoming: code("channel_word", incoming), inHand: code("channel_word", inHand) });
    return (
      <td key={inHand}>
        <button
          type="button"
          aria-pressed={may}
          aria-label={sentence}
          title={sentence}
          disabled={!props.mayEdit}
          data-changed={may !== joins(base.joins, incoming, inHand)}
          data-testid={`join-${incoming}-${inHand}`}
          onClick={() => props.onChange({ ...draft, joins: turned(draft.joins, incoming, inHand) })}
        >
          {may ? "✓" : "·"}
        </button>
      </td>
    );
  };
  return (
    <table className={css.matrix}>
      <thead>
        <tr>
          <th>{t("interruptions.corner")}</th>
          {CHANNELS.map((it) => (
            <th key={it} scope="col">
              {code("channel_word", it)}
            </th>
          ))}
          <th>{t("interruptions.capacity")}</th>
        </tr>
      </thead>
      <tbody>
        {CHANNELS.map((incoming) => (
          <tr key={incoming}>
            <th scope="row">{code("channel_word", incoming)}</th>
            {CHANNELS.map((inHand) => cell(incoming, inHand))}
            <td>
              <InputNumber<number>
                size="small"
                min={0}
                max={100}
                precision={0}
                disabled={!props.mayEdit}
                value={draft.capacity[incoming] ?? 1}
                onChange={(value) => value !== null && props.onChange({ ...draft, capacity: { ...draft.capacity, [incoming]: value } })}
                aria-label={`${t("interruptions.capacity")} ${code("channel_word", incoming)}`}
                style={{ width: 60 }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Editor(props: { readonly saved: RoutingSettings }): ReactNode {
  const { t } = useTexts();
  const mayEdit = useMay()("queues.manage");
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const [draft, setDraft] = useState(props.saved);
  const [base, setBase] = useState(props.saved);
  if (base !== props.saved) {
    setBase(props.saved);
    if (same(draft, base)) setDraft(props.saved);
  }
  const found = differences(base, draft);
  useUnsaved(found.length > 0);
  const save = async (): Promise<void> => {
    if (!(await run(() => saveRoutingSettings(draft as Parameters<typeof saveRoutingSettings>[0])))) return;
    void message.success(t("common.saved"));
    await client.invalidateQueries({ queryKey: ["routing-settings"] });
    void client.invalidateQueries({ queryKey: ["changes"] });
  };
  return (
    <section className="panel">
      <div className={`body ${css.body ?? ""}`}>
        <p className="quiet" style={{ margin: 0, maxWidth: "80ch" }}>
          {t("interruptions.hint")}
        </p>
        <div style={{ overflowX: "auto" }}>
          <Interruptions draft={draft} base={base} onChange={setDraft} mayEdit={mayEdit} />
        </div>
        {found.length > 0 && <Differences found={found} />}
        {mayEdit && (
          <div className="row">
            <Button type="primary" disabled={found.length === 0} loading={busy} onClick={() => void save()} data-testid="routing-save">
              {t("common.save")}
            </Button>
            <Button disabled={found.length === 0} onClick={() => setDraft(base)}>
              {t("queues.discard")}
            </Button>
            {found.length > 0 && <span className="quiet">{t("interruptions.at_once")}</span>}
          </div>
        )}
      </div>
    </section>
  );
}

export default function RoutingPage(): ReactNode {
  const { t } = useTexts();
  const query = useRoutingSettings();
  return (
    <div className="page" data-testid="routing-page">
      <div className="page-head">
        <h1>{t("admin_area.routing")}</h1>
      </div>
      <Loaded query={query}>{(saved) => <Editor saved={saved} />}</Loaded>
    </div>
  );
}
