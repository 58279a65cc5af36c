/** Notes while talking and after: disposition, note, time left, finish. */
import type { FollowUp } from "@huying/api";
import { Button, Checkbox, Input, Select, type InputRef } from "antd";
import { useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useMayClose } from "@/parts/contact/followUp";
import { Key, useAction } from "@/parts/shortcuts";
import { Remaining } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { commandCall } from "@/server/desk";
import { useDeskSettings } from "@/server/session";
import type { Draft } from "./draft";
import { useDraft, useWrapUp } from "./useWrapUp";
import css from "./WrapUp.module.css";
import { useExtensionLeft } from "./useExtensionLeft";

interface WrapUpProps {
  readonly contactId: string;
  readonly queueId: string | null;
  readonly saved: Draft;
  /** Who follows the contact up, as the server has it. */
  readonly followUp: FollowUp | null;
}

function Disposition(props: { readonly queueId: string | null; readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const { t, local } = useTexts();
  const settings = useDeskSettings();
  const all = settings.data?.dispositions ?? [];
  const fitting = all.filter((it) => !it.queue_ids.length || !props.queueId || it.queue_ids.includes(props.queueId));
  return (
    <Select
      value={props.value || null}
      onChange={(value: string | null) => props.onChange(value ?? "")}
      options={fitting.map((it) => ({ value: it.code, label: <span data-testid={`disposition-${it.code}`}>{local(it.name)}</span>, text: local(it.name) }))}
      labelRender={({ value }) => local(all.find((it) => it.code === value)?.name) || value}
      showSearch={{ optionFilterProp: "text" }}
      allowClear
      placeholder={t("wrap_up.disposition")}
      aria-label={t("wrap_up.disposition")}
      data-testid="wrap-up-disposition"
      style={{ width: "100%" }}
    />
  );
}

function AfterCall(props: { readonly contactId: string; readonly endsAt: string | null }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const left = useExtensionLeft();
  return (
    <div className={css.afterCall}>
      <span>{t("wrap_up.time_left")}</span>
      <b>{props.endsAt ? <Remaining until={props.endsAt} /> : "–"}</b>
      {left > 0 ? (
        <Button size="small" loading={busy} onClick={() => void run(() => commandCall(props.contactId, "extend"))}>
          {t("call.extend")}
        </Button>
      ) : (
        <span className="quiet">{t("call.longest")}</span>
      )}
    </div>
  );
}

function FollowUpBox(props: { readonly followUp: FollowUp | null; readonly wanted: boolean | undefined; readonly onChange: (wanted: boolean) => void }): ReactNode {
  const { t } = useTexts();
  const mayClose = useMayClose();
  const open = props.followUp?.done_at ? null : props.followUp;
  return (
    <Checkbox
      checked={props.wanted ?? open !== null}
      disabled={open !== null && !mayClose(open)}
      onChange={(event) => props.onChange(event.target.checked)}
      data-testid="wrap-up-follow-up"
    >
      {t("follow_up.mine")}
    </Checkbox>
  );
}

export function WrapUp(props: WrapUpProps): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const { draft, edit, forgetFollowUp } = useDraft(props.contactId, props.saved);
  const actions = useWrapUp(props.contactId);
  const [kept, setKept] = useState(true);
  const note = useRef<InputRef>(null);
  const afterCall = call.phase === "after_call" && call.contactId === props.contactId;
  useAction("wrap_up.note", () => note.current?.focus());
  const change = (part: Partial<Draft>): void => {
    setKept(false);
    edit(part);
  };
  const save = async (): Promise<void> => {
    if (!(await actions.save())) return;
    setKept(true);
    forgetFollowUp();
  };
  return (
    <div className={css.form}>
      {afterCall && <AfterCall contactId={props.contactId} endsAt={call.endsAt} />}
      <Disposition queueId={props.queueId} value={draft.disposition} onChange={(disposition) => change({ disposition })} />
      <Input.TextArea
        ref={note}
        value={draft.note}
        onChange={(event) => change({ note: event.target.value })}
        autoSize={{ minRows: 5, maxRows: 12 }}
        maxLength={4000}
        placeholder={t("wrap_up.note_hint")}
        aria-label={t("wrap_up.note")}
        data-testid="wrap-up-note"
      />
      <FollowUpBox followUp={props.followUp} wanted={draft.followUp} onChange={(followUp) => change({ followUp })} />
      <div className="row">
        <span className="quiet grow ellipsis">{kept ? "" : t("wrap_up.draft_kept")}</span>
        <Button onClick={() => void save()} loading={actions.busy} data-testid="wrap-up-save">
          {t("common.save")}
        </Button>
        {afterCall && (
          <Button type="primary" onClick={actions.finish} loading={actions.busy} data-testid="wrap-up-finish">
            {t("wrap_up.finish")} <Key keys="F3" />
          </Button>
        )}
      </div>
    </div>
  );
}
