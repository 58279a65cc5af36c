/** One's own ready-made texts: add, change, put in order, remove. From the person's menu, and from where they are used. */
import type { QuickNote } from "@huying/api";
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Popconfirm } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useSession } from "@/server/session";
import { quickNotesKey, removeOwnQuickNote, saveOwnQuickNote, useQuickNotes } from "@/server/work";
import css from "./Closing.module.css";
import { QuickNoteDialog } from "./QuickNoteDialog";
import "./texts";

interface ListProps {
  readonly notes: readonly QuickNote[];
  readonly onEdit: (note: QuickNote) => void;
  readonly onChanged: () => Promise<void>;
}

function List(props: ListProps): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const { notes } = props;
  const change = (what: () => Promise<unknown>): void => void run(async () => {
    await what();
    await props.onChanged();
  });
  /** Each gets the number of its place where it has another. */
  const move = (from: number, to: number): void => {
    const order = [...notes];
    order.splice(to, 0, ...order.splice(from, 1));
    change(async () => {
      for (const [position, { id, title, text, key, position: before }] of order.entries()) if (position !== before) await saveOwnQuickNote(id, { title, text, key, position });
    });
  };
  return (
    <ul className={css.notes} data-testid="own-quick-notes">
      {notes.map((it, index) => (
        <li key={it.id} className="row" data-testid={`own-quick-note-${it.key || it.title}`}>
          <span className="grow" style={{ minWidth: 0 }}>
            <b>{it.title}</b> {it.key && <span className="quiet">/{it.key}</span>}
            <div className="quiet ellipsis">{it.text}</div>
          </span>
          <Button size="small" icon={<ArrowUpOutlined />} aria-label={t("quick_notes.up", { name: it.title })} disabled={index === 0 || busy} onClick={() => move(index, index - 1)} data-testid="quick-note-up" />
          <Button size="small" icon={<ArrowDownOutlined />} aria-label={t("quick_notes.down", { name: it.title })} disabled={index === notes.length - 1 || busy} onClick={() => move(index, index + 1)} data-testid="quick-note-down" />
          <Button size="small" icon={<EditOutlined />} aria-label={`${t("common.edit")}: ${it.title}`} onClick={() => props.onEdit(it)} data-testid="quick-note-edit" />
          <Popconfirm title={t("choices.remove", { name: it.title })} onConfirm={() => change(() => removeOwnQuickNote(it.id))} okButtonProps={{ "data-testid": "quick-note-remove-yes" }}>
            <Button size="small" danger icon={<DeleteOutlined />} aria-label={`${t("common.remove")}: ${it.title}`} data-testid="quick-note-remove" />
          </Popconfirm>
        </li>
      ))}
    </ul>
  );
}

export function OwnQuickNotes(props: {
  /** A text to begin a new one with at once. */
  readonly text?: string;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { person } = useSession();
  const query = useQuickNotes();
  const [edited, setEdited] = useState<QuickNote | "new" | null>(props.text ? "new" : null);
  const mine = (query.data ?? []).filter((it) => it.person_id === person.id);
  const renew = (): Promise<void> => client.invalidateQueries({ queryKey: quickNotesKey });
  const next = Math.max(-1, ...mine.map((it) => it.position)) + 1;
  if (edited)
    return (
      <QuickNoteDialog
        note={edited === "new" ? null : edited}
        text={edited === "new" ? (props.text ?? "") : ""}
        position={next}
        store={saveOwnQuickNote}
        onClose={() => setEdited(null)}
        onSaved={() => void renew()}
      />
    );
  return (
    <Modal open title={t("quick_notes.mine")} footer={null} width={620} onCancel={props.onClose}>
      <Loaded query={query}>
        {() => (mine.length > 0 ? <List notes={mine} onEdit={setEdited} onChanged={renew} /> : <Nothing title={t("quick_notes.none")} hint={t("quick_notes.mine_none_hint")} />)}
      </Loaded>
      <Button type="primary" icon={<PlusOutlined />} style={{ marginTop: 12 }} onClick={() => setEdited("new")} data-testid="own-quick-note-new">
        {t("quick_notes.new")}
      </Button>
    </Modal>
  );
}
