/** One change: who did what to which thing, folded out to before and after, with its undoing. */
import { ApiError, type Change } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Pill } from "@/parts/pills";
import { useErrorText } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { undoChange } from "@/server/routing";
import { useMay } from "@/server/session";
import css from "./ChangesPage.module.css";
import { differences, readable } from "./differences";
import { Differences } from "./Differences";
import { useWords } from "./words";

const FEW = 3;

/** Asks what undoing will do, does it, and asks once more where it would touch what was changed since. */
function useUndo(change: Change): () => void {
  const { t, local, code } = useTexts();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const thing = `${code("thing", change.what)} ${local(change.thing_name)}`;
  const go = async (force: boolean): Promise<void> => {
    try {
      await undoChange(change.number, force);
      void message.success(t("changes.undone", { number: change.number }));
      await client.invalidateQueries();
    } catch (reason) {
      if (reason instanceof ApiError && reason.code === "changed-since") askAgain(reason.details.numbers);
      else void message.error(errorText(reason));
    }
  };
  const [before, after] = [readable(change.what, change.before), readable(change.what, change.after)];
  const back = <Differences found={differences(after, before)} most={12} />;
  const askAgain = (numbers: unknown): void =>
    void modal.confirm({
      title: t("changes.since_title"),
      content: (
        <>
          <p>{t("changes.since", { numbers: Array.isArray(numbers) ? numbers.map((it) => `#${String(it)}`).join(", ") : "" })}</p>
          {back}
        </>
      ),
      okText: t("changes.undo_all_the_same"),
      okButtonProps: { danger: true },
      width: 520,
      onOk: () => go(true),
    });
  return () =>
    void modal.confirm({
      title: t("changes.undo_title", { thing }),
      content: (
        <>
          <p>{t(change.before === null ? "changes.undo_made" : "changes.undo_hint")}</p>
          {change.before !== null && back}
        </>
      ),
      okText: t("changes.undo"),
      okButtonProps: { "data-testid": "undo-yes" },
      width: 520,
      onOk: () => go(false),
    });
}

export function ChangeEntry(props: { readonly change: Change }): ReactNode {
  const { t, local, code } = useTexts();
  const { shortTime, dateTime } = useTimes();
  const { label } = useWords();
  const mayUndo = useMay()("queues.manage");
  const { change } = props;
  const undo = useUndo(change);
  const [open, setOpen] = useState(false);
  const found = differences(readable(change.what, change.before), readable(change.what, change.after));
  const few = change.action === "changed" && found.length <= FEW && found.every((it) => !it.lines);
  const fields = [...new Set(found.map((it) => label(it.path)))];
  const summary = change.action === "changed" ? `${fields.slice(0, 5).join(" · ")}${fields.length > 5 ? ` … (${found.length})` : ""}` : "";
  return (
    <article className={css.entry} data-testid={`change-${change.number}`}>
      <div className={css.when}>
        <span className="num quiet">#{change.number}</span>
        <time className="num" dateTime={change.at} title={dateTime(change.at)}>
          {shortTime(change.at)}
        </time>
        <span className="ellipsis" title={change.by.name}>
          {change.by.name || t("changes.system")}
        </span>
      </div>
      <div className="grow">
        <div className="row wrap">
          <Pill tone={change.action === "removed" ? "bad" : change.action === "made" ? "good" : "busy"} plain>
            {code("change_action", change.action)}
          </Pill>
          <span>
            <span className="quiet">{code("thing", change.what)}</span> <b>{local(change.thing_name)}</b>
          </span>
          {change.undoes !== null && <Pill tone="warn">{t("changes.undoes", { number: change.undoes })}</Pill>}
          {change.undone_by !== null && <Pill tone="idle">{t("changes.undone_by", { number: change.undone_by })}</Pill>}
          <span className="quiet">{!few && !open ? summary : ""}</span>
        </div>
        {(few || open) && (
          <div className={css.body}>
            <Differences found={found} made={change.before === null} />
          </div>
        )}
      </div>
      <div className={css.actions}>
        {!few && (
          <Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("changes.fold") : t("changes.show")}
          </Button>
        )}
        {mayUndo && change.undone_by === null && (
          <Button size="small" type="link" onClick={undo} data-testid={`undo-${change.number}`}>
            {t("changes.undo")}
          </Button>
        )}
      </div>
    </article>
  );
}
