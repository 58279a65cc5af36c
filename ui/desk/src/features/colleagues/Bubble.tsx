/** One message: who, when, what, what it links to, and how far it has come. */
import { CheckOutlined, ClockCircleOutlined, DeleteOutlined, PhoneOutlined, UserOutlined } from "@ant-design/icons";
import type { ColleagueMessage, Room } from "@huying/api";
import { Button, Popconfirm } from "antd";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useTexts } from "@/i18n";
import { useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { useErrorText } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { eraseMessage } from "@/server/colleagues";
import { useMay, useSession } from "@/server/session";
import { reached, type Outgoing } from "./thread";
import css from "./Colleagues.module.css";

function Ticks(props: { readonly number: number; readonly room: Room }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const how = reached(props.number, props.room, me);
  const word = props.room.kind === "direct" ? t(`colleagues.${how.state}`) : t("colleagues.read_by", { read: how.read, of: how.of });
  return (
    <span className={css.ticks} data-state={how.state} data-testid="ticks" title={word} aria-label={word} role="img">
      <CheckOutlined />
      {how.state !== "sent" && <CheckOutlined />}
      {props.room.kind !== "direct" && how.read > 0 && <span className="num"> {how.read}</span>}
    </span>
  );
}

function Links(props: { readonly message: ColleagueMessage; readonly onContact: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const { contact_id: contact, customer_id: customer } = props.message;
  return (
    <>
      {contact && (
        <Button size="small" icon={<PhoneOutlined />} disabled={!may("contacts.view") && !may("contacts.view_own")} onClick={() => props.onContact(contact)} data-testid="linked-contact">
          {t("colleagues.look_at_call")}
        </Button>
      )}
      {customer && (
        <Button size="small" icon={<UserOutlined />} disabled={!may("customers.view")} onClick={() => void navigate(`/customers/${customer}`)} data-testid="linked-customer">
          {t("colleagues.look_at_customer")}
        </Button>
      )}
    </>
  );
}

/** The text with the mentions of the room's people set apart. */
function Words(props: { readonly message: ColleagueMessage }): ReactNode {
  const names = useRoomNames();
  const marks = props.message.mentions.map((it) => `@${names.person(it)}`);
  const parts = marks.length === 0 ? [props.message.text] : props.message.text.split(new RegExp(`(${marks.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`));
  return <span className={css.words}>{parts.map((it, index) => (marks.includes(it) ? <mark key={index}>{it}</mark> : it))}</span>;
}

export function Bubble(props: { readonly message: ColleagueMessage; readonly room: Room; readonly mine: boolean; readonly onContact: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const names = useRoomNames();
  const times = useTimes();
  const { run } = useCommand();
  const { message, mine } = props;
  return (
    <div className={css.bubble} data-mine={mine} data-testid="message" data-number={message.number}>
      <span className={css.meta}>
        {!mine && props.room.kind !== "direct" && <b>{names.person(message.person_id)}</b>}
        <span className="quiet num">{times.shortTime(message.at)}</span>
        {mine && !message.erased && (
          <>
            <Ticks number={message.number} room={props.room} />
            <Popconfirm title={t("colleagues.erase_sure")} onConfirm={() => void run(() => eraseMessage(message.message_id))}>
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("colleagues.erase")} title={t("colleagues.erase")} className={css.erase ?? ""} />
            </Popconfirm>
          </>
        )}
      </span>
      {message.erased ? <i className="quiet">{t("colleagues.erased")}</i> : <Words message={message} />}
      <Links message={message} onContact={props.onContact} />
    </div>
  );
}

export function OutgoingBubble(props: { readonly message: Outgoing; readonly onAgain: () => void; readonly onDrop: () => void }): ReactNode {
  const { t, code } = useTexts();
  const unexpected = useErrorText();
  const { message } = props;
  return (
    <div className={css.bubble} data-mine data-out data-testid="message-out">
      <span className={css.meta}>
        {message.refused ? <b className={css.refused}>{code("errors", message.refused) || unexpected(null)}</b> : <ClockCircleOutlined title={t("colleagues.on_its_way")} />}
      </span>
      <span className={css.words}>{message.text}</span>
      {message.refused && (
        <span>
          <Button size="small" type="link" onClick={props.onAgain}>
            {t("common.retry")}
          </Button>
          <Button size="small" type="link" onClick={props.onDrop}>
            {t("common.cancel")}
          </Button>
        </span>
      )}
    </div>
  );
}
