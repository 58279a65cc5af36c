/** Makes or changes a queue: its parts in tabs, and beside them what will change before it does. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import type { Queue } from "@huying/api";
import { Button, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { somethingUnsaved, useUnsaved } from "@/parts/unsaved";
import { useAllQueues } from "@/server/routing";
import { useMay } from "@/server/session";
import { same } from "../changes/differences";
import css from "./Queues.module.css";
import { draftOf, missingIn, NEW_QUEUE, type QueueDraft, type Tab } from "./queueDraft";
import { QueueSide } from "./QueueSide";
import { Basics } from "./tabs/Basics";
import { LastAgent } from "./tabs/LastAgent";
import { Offers } from "./tabs/Offers";
import { Rules } from "./tabs/Rules";
import type { TabProps } from "./tabs/tab";
import { Targets } from "./tabs/Targets";
import { Waiting } from "./tabs/Waiting";

const TABS: readonly (readonly [Tab, (props: TabProps) => ReactNode])[] = [
  ["basics", Basics],
  ["offers", Offers],
  ["waiting", Waiting],
  ["rules", Rules],
  ["targets", Targets],
  ["last_agent", LastAgent],
];

/** How soon one sees what somebody else has saved meanwhile, before one writes over it. */
const FOLLOW_MS = 5_000;

function Editor(props: { readonly queue: Queue | null }): ReactNode {
  const { t, local } = useTexts();
  const navigate = useNavigate();
  const mayEdit = useMay()("queues.manage");
  const [search, setSearch] = useSearchParams();
  const [base, setBase] = useState<QueueDraft>(() => (props.queue ? draftOf(props.queue) : NEW_QUEUE));
  const [draft, setDraft] = useState(base);
  const [seen, setSeen] = useState(props.queue);
  // Somebody else, or an undo, has changed the queue: what is not edited here follows.
  if (props.queue && props.queue !== seen) {
    setSeen(props.queue);
    const next = draftOf(props.queue);
    const edited = Object.fromEntries(Object.entries(draft).filter(([name, value]) => !same(value, base[name as keyof QueueDraft])));
    setBase(next);
    setDraft({ ...next, ...edited });
  }
  const dirty = !same(base, draft);
  useUnsaved(dirty);
  const change = (patch: Partial<QueueDraft>): void => setDraft((it) => ({ ...it, ...patch }));
  const missing = missingIn(draft);
  const items = TABS.map(([key, Content]) => ({
    key,
    label: <span style={missing.some((it) => it.tab === key) && dirty ? { color: "var(--bad)" } : undefined}>{t(`queues.tab_${key}`)}</span>,
    children: (
      <fieldset disabled={!mayEdit} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Content draft={draft} change={change} queueId={props.queue?.id ?? null} />
      </fieldset>
    ),
  }));
  return (
    <div className="page" data-testid="queue-editor">
      <div className="page-head">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t("queues.back")} onClick={() => void navigate("/admin/queues")} />
        <h1>{props.queue ? local(props.queue.name) : t("queue.new")}</h1>
        <span className="quiet">{props.queue?.code}</span>
      </div>
      <div className={css.editor}>
        <section className="panel" style={{ padding: "0 14px 14px" }}>
          <Tabs activeKey={search.get("tab") ?? "basics"} onChange={(tab) => setSearch({ tab }, { replace: true })} items={items} destroyOnHidden />
        </section>
        <QueueSide
          queue={props.queue}
          base={base}
          draft={draft}
          missing={missing}
          mayEdit={mayEdit}
          onDiscard={() => setDraft(base)}
          onTab={(tab) => setSearch({ tab }, { replace: true })}
          onSaved={(id) => {
            setBase(draft);
            if (!props.queue) void goWhenSaved(() => void navigate(`/admin/queues/${id}`, { replace: true }));
          }}
        />
      </div>
    </div>
  );
}

/** The guard lets go one rendering after the draft is saved. */
async function goWhenSaved(go: () => void): Promise<void> {
  for (let tries = 0; tries < 50 && somethingUnsaved(); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  go();
}

export function QueueEditor(): ReactNode {
  const { t } = useTexts();
  const { id } = useParams();
  const query = useAllQueues(FOLLOW_MS);
  if (id === "new") return <Editor key="new" queue={null} />;
  return (
    <Loaded query={query} rows={10}>
      {(queues) => {
        const queue = queues.find((it) => it.id === id);
        return queue ? <Editor key={queue.id} queue={queue} /> : <Nothing title={t("queues.gone")} />;
      }}
    </Loaded>
  );
}
