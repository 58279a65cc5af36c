/** Who is in a room; rooms of chosen people can be renamed, joined by others and left. */
import { TeamOutlined } from "@ant-design/icons";
import type { Room } from "@huying/api";
import { Button, Input, Modal, Popconfirm, Space } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { PresenceDot } from "@/parts/colleagues/PresenceDot";
import { usePresence, useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { useCommand } from "@/parts/useCommand";
import { changeRoom } from "@/server/colleagues";
import { useSession } from "@/server/session";
import { PeopleSelect } from "./NewRoom";
import css from "./Colleagues.module.css";

function Change(props: { readonly room: Room; readonly onGone: () => void }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const { run, busy } = useCommand();
  const [name, setName] = useState(typeof props.room.name === "string" ? props.room.name : "");
  const [more, setMore] = useState<string[]>([]);
  const inside = props.room.people.map((it) => it.person_id);
  const add = async (): Promise<void> => {
    if (await run(() => changeRoom(props.room.room_id, { add: more }))) setMore([]);
  };
  const leave = async (): Promise<void> => {
    if (await run(() => changeRoom(props.room.room_id, { remove: [me] }))) props.onGone();
  };
  return (
    <div className={css.change}>
      <Space.Compact block>
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} aria-label={t("colleagues.room_name")} />
        <Button loading={busy} disabled={!name.trim() || name === props.room.name} onClick={() => void run(() => changeRoom(props.room.room_id, { name }))}>
          {t("common.save")}
        </Button>
      </Space.Compact>
      <div className={css.add}>
        <PeopleSelect value={more} onChange={setMore} without={inside} />
        <Button loading={busy} disabled={more.length === 0} onClick={() => void add()}>
          {t("colleagues.add")}
        </Button>
      </div>
      <Popconfirm title={t("colleagues.leave_sure")} onConfirm={() => void leave()}>
        <Button danger>{t("colleagues.leave")}</Button>
      </Popconfirm>
    </div>
  );
}

export function RoomPeople(props: { readonly room: Room; readonly onGone: () => void }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const names = useRoomNames();
  const presence = usePresence();
  const { run } = useCommand();
  const [open, setOpen] = useState(false);
  const { room } = props;
  const mayTakeOut = (person: string): boolean => room.kind === "group" && room.made_by === me && person !== me;
  return (
    <>
      <Button size="small" icon={<TeamOutlined />} onClick={() => setOpen(true)} data-testid="room-members">
        {room.people.length}
      </Button>
      <Modal open={open} title={names.room(room)} footer={null} onCancel={() => setOpen(false)}>
        <ul className={css.members}>
          {room.people.map((it) => (
            <li key={it.person_id}>
              <PresenceDot state={presence(it.person_id)} />
              <span className="grow ellipsis">{names.person(it.person_id)}</span>
              <span className="quiet num">{t("colleagues.read_upto", { read: it.read, last: room.last_number })}</span>
              {mayTakeOut(it.person_id) && (
                <Button size="small" type="link" onClick={() => void run(() => changeRoom(room.room_id, { remove: [it.person_id] }))}>
                  {t("colleagues.take_out")}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {room.kind === "group" && <Change room={room} onGone={props.onGone} />}
      </Modal>
    </>
  );
}
