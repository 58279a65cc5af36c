/** Makes, changes or removes an entry of the address book. */
import type { AddressEntry, AddressEntryChange } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { useCommand } from "@/parts/useCommand";
import { addEntry, changeEntry, entriesKey, removeEntry, useDirectory } from "@/server/targets";

interface EntryDialogProps {
  readonly scope: AddressEntry["scope"];
  readonly entry: AddressEntry | null;
  readonly onClose: () => void;
}

const EMPTY: AddressEntryChange = { name: "", number: "", organisation: "", other_number: "", note: "", group_id: null };

export function EntryDialog(props: EntryDialogProps): ReactNode {
  const { t, local } = useTexts();
  const client = useQueryClient();
  const { run } = useCommand();
  const groups = useDirectory().data?.groups ?? [];
  const { entry, scope } = props;
  const changed = (): void => void client.invalidateQueries({ queryKey: entriesKey });
  const save = (fields: AddressEntryChange): Promise<unknown> => {
    const body = { ...EMPTY, ...fields };
    return entry ? changeEntry(entry.id, body) : addEntry({ ...body, scope });
  };
  const remove = async (): Promise<void> => {
    if (!entry || !(await run(() => removeEntry(entry.id)))) return;
    changed();
    props.onClose();
  };
  const needed = [{ required: true, message: t("common.missing") }];
  const initial = entry ? { name: entry.name, number: entry.number, organisation: entry.organisation, other_number: entry.other_number, note: entry.note, group_id: entry.group_id } : EMPTY;
  return (
    <FormDialog<AddressEntryChange> title={t(entry ? "book.change" : "book.add")} initial={initial} onSave={save} onSaved={changed} onClose={props.onClose} testId="entry">
      <Form.Item name="name" label={t("book.name")} rules={needed}>
        <Input autoFocus maxLength={100} data-testid="entry-name" />
      </Form.Item>
      <Form.Item name="number" label={t("book.number")} rules={needed}>
        <Input maxLength={60} data-testid="entry-number" />
      </Form.Item>
      {scope === "team" && (
        <Form.Item name="group_id" label={t("book.group")} rules={needed}>
          <Select options={groups.map((it) => ({ value: it.id, label: local(it.name) }))} data-testid="entry-group" />
        </Form.Item>
      )}
      <Form.Item name="organisation" label={t("book.organisation")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="other_number" label={t("book.other_number")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="note" label={t("book.note")}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      {entry && (
        <Popconfirm title={t("book.remove_sure")} okText={t("common.remove")} cancelText={t("common.cancel")} onConfirm={() => void remove()}>
          <Button danger size="small" data-testid="entry-remove">
            {t("common.remove")}
          </Button>
        </Popconfirm>
      )}
    </FormDialog>
  );
}
