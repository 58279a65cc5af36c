/** What one writes: Enter sends, Shift+Enter makes a new line, @ mentions somebody of the room; the call at hand can be linked. */
import { LinkOutlined, SendOutlined } from "@ant-design/icons";
import type { NewColleagueMessage, Room } from "@huying/api";
import { Button, Mentions, Tag } from "antd";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { usePhone } from "@/phone/PhoneProvider";
import { useSession } from "@/server/session";
import { mentionsIn } from "./thread";
import css from "./Colleagues.module.css";

export const LONGEST = 4000;

export function Composer(props: { readonly room: Room; readonly onWrite: (draft: Omit<NewColleagueMessage, "message_id">) => void }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const names = useRoomNames();
  const { call } = usePhone();
  const [text, setText] = useState("");
  const [linked, setLinked] = useState(false);
  const choosing = useRef(false);
  const people = props.room.people.filter((it) => it.person_id !== me).map((it) => ({ person_id: it.person_id, name: names.person(it.person_id) }));
  const contact = linked ? call.contactId : null;
  const send = (): void => {
    if ((!text.trim() && !contact) || text.length > LONGEST) return;
    props.onWrite({ text: text.trim(), mentions: mentionsIn(text, people), contact_id: contact, customer_id: contact ? (call.contact?.customer_id ?? null) : null });
    setText("");
    setLinked(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || choosing.current) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={css.composer}>
      {linked && contact && (
        <Tag closable onClose={() => setLinked(false)}>
          {t("colleagues.this_call")}
        </Tag>
      )}
      <div className={css.write}>
        <Mentions
          autoFocus
          autoSize={{ minRows: 1, maxRows: 6 }}
          value={text}
          maxLength={LONGEST}
          placeholder={t("colleagues.write")}
          aria-label={t("colleagues.write")}
          options={people.map((it) => ({ value: it.name, label: it.name, key: it.person_id }))}
          onChange={setText}
          onSearch={() => (choosing.current = true)}
          onSelect={() => setTimeout(() => (choosing.current = false))}
          onKeyUp={() => {
            if (!/@[^\s@]*$/.test(text)) choosing.current = false;
          }}
          onKeyDown={onKeyDown}
          data-testid="write"
        />
        {call.contactId && <Button icon={<LinkOutlined />} onClick={() => setLinked(true)} aria-label={t("colleagues.link_call")} title={t("colleagues.link_call")} data-testid="link-call" />}
        <Button type="primary" icon={<SendOutlined />} onClick={send} aria-label={t("colleagues.send")} data-testid="send" />
      </div>
      {text.length > LONGEST - 200 && <span className="quiet num">{`${text.length} / ${LONGEST}`}</span>}
    </div>
  );
}
