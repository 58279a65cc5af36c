/** A new room of chosen people; with one person it is the room of the two. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { makeRoom, openDirect, useColleagues } from "@/server/colleagues";
import { useSession } from "@/server/session";

interface Fields {
  readonly people: string[];
  readonly name?: string;
}

export function PeopleSelect(props: { readonly value?: string[]; readonly onChange?: (people: string[]) => void; readonly without?: readonly string[]; readonly id?: string }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const people = useColleagues();
  const options = (people.data ?? [])
    .filter((it) => it.person_id !== me && !props.without?.includes(it.person_id))
    .map((it) => ({ value: it.person_id, label: it.extension ? `${it.name} ${it.extension}` : it.name }));
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      mode="multiple"
      placeholder={t("colleagues.people")}
      aria-label={t("colleagues.people")}
      showSearch={{ optionFilterProp: "label" }}
      options={options}
      value={props.value ?? []}
      onChange={(chosen) => props.onChange?.(chosen)}
      data-testid="room-people"
    />
  );
}

export function NewRoom(props: { readonly onClose: () => void; readonly onMade: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const save = async ({ people, name }: Fields): Promise<void> => {
    const [first] = people;
    const room = people.length === 1 && first !== undefined && !name?.trim() ? await openDirect(first) : await makeRoom(name?.trim() ?? "", people);
    props.onMade(room.room_id);
  };
  return (
    <FormDialog<Fields> title={t("colleagues.new_room")} initial={{ people: [] }} onSave={save} onClose={props.onClose} testId="room-form">
      <Form.Item name="people" label={t("colleagues.people")} rules={[{ required: true, message: t("common.missing") }]}>
        <PeopleSelect />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item
            name="name"
            label={t("colleagues.room_name")}
            extra={t("colleagues.room_name_hint")}
            rules={[{ required: ((form.getFieldValue("people") as string[] | undefined) ?? []).length > 1, message: t("common.missing") }]}
          >
            <Input maxLength={80} data-testid="room-name" />
          </Form.Item>
        )}
      </Form.Item>
    </FormDialog>
  );
}
