/** Hooks: what no table can say about a queue is asked of an expression or an outside service. */
import { Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { useHook } from "@/server/hooks";
import { useQueues } from "@/server/names";
import { HookEditor } from "./HookEditor";

function OfQueue(props: { readonly id: string }): ReactNode {
  const query = useHook(props.id);
  return <Loaded query={query}>{(hook) => <HookEditor key={`${props.id}-${JSON.stringify(hook)}`} queueId={props.id} hook={hook} />}</Loaded>;
}

export default function HooksPage(): ReactNode {
  const { t, local } = useTexts();
  const query = useQueues();
  const [chosen, setChosen] = useState("");
  return (
    <div className="page" data-testid="hooks-page">
      <div className="page-head">
        <h1>{t("admin_area.hooks")}</h1>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          style={{ width: 240 }}
          value={chosen || query.data?.[0]?.id || null}
          options={(query.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))}
          onChange={setChosen}
          aria-label={t("hooks.queue")}
          data-testid="hook-queue"
        />
        <span className="quiet grow">{t("hooks.hint")}</span>
      </div>
      <Loaded query={query}>
        {(queues) => {
          const id = chosen || queues[0]?.id;
          return id ? <OfQueue key={id} id={id} /> : <Nothing title={t("hooks.no_queue")} />;
        }}
      </Loaded>
    </div>
  );
}
