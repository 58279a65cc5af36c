/** Beside the queue being edited: what saving will change, saving it, and taking it back. */
import type { Queue } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useShortcut } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { addQueue, changeQueue } from "@/server/setup";
import { useUndoLatest } from "../changes/useUndoLatest";
import { differences } from "../changes/differences";
import { Differences } from "../changes/Differences";
import css from "./Queues.module.css";
import { NEW_QUEUE, patchOf, type Missing, type QueueDraft, type Tab } from "./queueDraft";

interface QueueSideProps {
  readonly queue: Queue | null;
  readonly base: QueueDraft;
  readonly draft: QueueDraft;
  readonly missing: readonly Missing[];
  readonly mayEdit: boolean;
  readonly onDiscard: () => void;
  readonly onTab: (tab: Tab) => void;
  readonly onSaved: (id: string) => void;
}

/** Stores the queue; gives its id. */
async function store(queue: Queue | null, base: QueueDraft, draft: QueueDraft): Promise<string> {
  if (!queue) return (await addQueue({ ...patchOf(NEW_QUEUE, draft), code: draft.code, name: draft.name })).id;
  await changeQueue(queue.id, patchOf(base, draft));
  return queue.id;
}

export function QueueSide(props: QueueSideProps): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const undoLatest = useUndoLatest();
  const { queue, base, draft, missing } = props;
  const found = differences(base, draft);
  const ready = found.length > 0 && missing.length === 0 && props.mayEdit;
  const save = async (): Promise<void> => {
    let id = "";
    const stored = await run(async () => {
      id = await store(queue, base, draft);
    });
    if (!stored) return;
    props.onSaved(id);
    void client.invalidateQueries({ predicate: ({ queryKey }) => ["queues", "desk-settings", "changes"].includes(String(queryKey[0])) });
    const undo = await undoLatest("queue", id);
    const key = `saved-${id}`;
    const content = (
      <span>
        {t("common.saved")}{" "}
        {undo && (
          <Button size="small" type="link" onClick={() => void undo().then(() => message.destroy(key))} data-testid="queue-undo">
            {t("changes.undo")}
          </Button>
        )}
      </span>
    );
    void message.open({ type: "success", key, duration: 12, content });
  };
  useShortcut("F10", "common.save", () => void save(), ready && !busy);
  return (
    <aside className={`panel ${css.side ?? ""}`} aria-label={t("queues.what_changes")} data-testid="queue-side">
      <header>
        <h2>{t("queues.what_changes")}</h2>
        <span className="grow" />
        <span className="quiet num">{found.length || ""}</span>
      </header>
      <div className="body">
        {found.length === 0 && <span className="quiet">{t("queues.nothing_changed")}</span>}
        {missing.length > 0 && found.length > 0 && (
          <ul style={{ margin: "0 0 10px", paddingLeft: 16, color: "var(--bad)" }}>
            {missing.map((it) => (
              <li key={it.text}>
                <Button type="link" size="small" danger style={{ padding: 0, height: "auto", whiteSpace: "normal", textAlign: "left" }} onClick={() => props.onTab(it.tab)}>
                  {t(it.text)}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Differences found={found} made={queue === null} />
      </div>
      <footer>
        <Button type="primary" disabled={!ready} loading={busy} onClick={() => void save()} data-testid="queue-save">
          {t("common.save")}
        </Button>
        <Button disabled={found.length === 0} onClick={props.onDiscard} data-testid="queue-discard">
          {t("queues.discard")}
        </Button>
        {found.length > 0 && queue && <div className="quiet" style={{ fontSize: 12 }}>{t("queues.at_once")}</div>}
      </footer>
    </aside>
  );
}
