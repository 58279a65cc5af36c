/** Calls somebody: a number, a colleague, somebody of the address book or a customer; again the last one; or a colleague when both are free. */
import { PhoneOutlined, RedoOutlined } from "@ant-design/icons";
import { App, Button, Popover, Tooltip } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useDirectoryRows } from "@/live/LiveProvider";
import { phoneNumber } from "@/parts/format";
import { Keys, useAction, useKeysOf } from "@/parts/shortcuts";
import { useSlots } from "@/parts/slots";
import { TargetPicker, type CallTarget } from "@/parts/targets/TargetPicker";
import { useCommand } from "@/parts/useCommand";
import { useEscape } from "@/parts/useEscape";
import { usePhone } from "@/phone/PhoneProvider";
import { dial, forgetWish, readWishes, wishFor } from "@/server/callOperations";
import { useContacts } from "@/server/contacts";
import { useNames } from "@/server/names";
import { useSession } from "@/server/session";
import css from "./CallBar.module.css";
import { useDialResult } from "./useDialResult";

const WISHES = ["call-wishes"];

function useLastNumber(): string {
  const { person } = useSession();
  return useContacts({ agent_id: person.id, direction: "outbound", limit: 1, offset: 0 }, 60_000).data?.items[0]?.remote_number ?? "";
}

interface Dialling {
  readonly busy: boolean;
  readonly call: (target: CallTarget) => Promise<boolean>;
  readonly wish: (target: CallTarget) => Promise<boolean>;
}

function useDialling(): Dialling {
  const { t } = useTexts();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const begun = useDialResult();
  return {
    busy,
    call: ({ id, number }) => run(async (knowing) => begun((await dial(id ? { agent_id: id } : { number: number ?? "" }, knowing)).contact_id)),
    wish: ({ id, label }) =>
      run(async () => {
        await wishFor(id ?? "");
        void message.success(t("dial.wished", { name: label }));
        await client.invalidateQueries({ queryKey: WISHES });
      }),
  };
}

/** A colleague who cannot talk now: when both are free, or all the same. */
function Occupied(props: { readonly target: CallTarget; readonly dialling: Dialling; readonly onDone: () => void }): ReactNode {
  const { t } = useTexts();
  const { target, dialling } = props;
  const after = (done: boolean): void => {
    if (done) props.onDone();
  };
  return (
    <div className={css.chosen}>
      <b>{t("dial.busy", { name: target.label })}</b>
      <div className="row wrap">
        <Button type="primary" autoFocus loading={dialling.busy} onClick={() => void dialling.wish(target).then(after)} data-testid="call-when-free">
          {t("dial.when_free")}
        </Button>
        <Button loading={dialling.busy} onClick={() => void dialling.call(target).then(after)} data-testid="call-anyway">
          {t("dial.anyway")}
        </Button>
      </div>
    </div>
  );
}

function Chooser(props: { readonly dialling: Dialling; readonly onDone: () => void }): ReactNode {
  const { t } = useTexts();
  const colleagues = useDirectoryRows().rows;
  const [occupied, setOccupied] = useState<CallTarget | null>(null);
  useEscape(props.onDone);
  const choose = (target: CallTarget): void => {
    const row = colleagues.find((it) => it.agent_id === target.id);
    if (row && (row.state !== "idle" || !row.signed_in)) setOccupied(target);
    else
      void props.dialling.call(target).then((done) => {
        if (done) props.onDone();
      });
  };
  return (
    <div
      className={css.move}
      role="dialog"
      aria-label={t("dial.title")}
      data-testid="dial-panel"
    >
      {occupied ? <Occupied target={occupied} dialling={props.dialling} onDone={props.onDone} /> : <TargetPicker kinds={["agent", "number"]} onChoose={choose} autoFocus />}
    </div>
  );
}

/** For whom one waits; a press waits no longer. */
function Wishes(): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const wishes = useQuery({ queryKey: WISHES, queryFn: readWishes, refetchInterval: 15_000, retry: false }).data ?? [];
  const first = wishes[0];
  if (!first) return null;
  const forget = (): void => void run(async () => { await forgetWish(first.id); await client.invalidateQueries({ queryKey: WISHES }); });
  return (
    <Button size="small" loading={busy} onClick={forget} data-testid="call-wishes">
      {t("dial.wishes", { names: wishes.map((it) => names.agent(it.agent_id)).join(" · ") })} ×
    </Button>
  );
}

export function DialField(): ReactNode {
  const { t } = useTexts();
  const { me } = usePhone();
  const { SpeedDial } = useSlots();
  const dialling = useDialling();
  const [open, setOpen] = useState(false);
  const last = useLastNumber();
  const keys = useKeysOf("dial.focus");
  const redialKeys = useKeysOf("dial.redial");
  const ready = me.agent?.signed_in ?? false;
  const redial = (): void => void dialling.call({ kind: "number", id: null, number: last, label: last });
  useAction("dial.focus", () => setOpen(true), { active: ready });
  useAction("dial.redial", redial, { active: ready && last !== "" });
  if (!ready) return null;
  const again = `${t("dial.redial")} ${phoneNumber(last)}`;
  return (
    <span className={css.dial} data-testid="dial">
      <Popover open={open} trigger={["click"]} onOpenChange={setOpen} placement="bottomLeft" arrow={false} destroyOnHidden content={<Chooser dialling={dialling} onDone={() => setOpen(false)} />}>
        <Button icon={<PhoneOutlined />} aria-expanded={open} data-testid="dial-open" aria-keyshortcuts={keys || undefined}>
          <span>{t("dial.hint")}</span>
          {keys && <Keys keys={keys} />}
        </Button>
      </Popover>
      {last && (
        <Tooltip title={`${again}${redialKeys ? ` (${redialKeys})` : ""}`}>
          <Button icon={<RedoOutlined />} onClick={redial} loading={dialling.busy} aria-label={again} data-testid="redial" />
        </Tooltip>
      )}
      {SpeedDial && <SpeedDial onDial={(target) => void dialling.call(target)} />}
      <Wishes />
    </span>
  );
}
