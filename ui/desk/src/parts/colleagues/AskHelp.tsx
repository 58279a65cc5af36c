/** Ask colleagues for help during a call: a button that opens a small form, and afterwards says who helps. */
import { AlertOutlined } from "@ant-design/icons";
import type { HelpInput } from "@huying/api";
import { Button, Form, Input, Select, Slider, Tooltip } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Key, useAction } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { askForHelp, endHelp, useAudiences, useColleagues } from "@/server/colleagues";
import { useSession } from "@/server/session";
import { PresenceDot } from "./PresenceDot";
import { useColleagueRows, usePresence, useRoomNames } from "./useColleagueRows";
import "./texts";

type Whom = HelpInput["audience"];
interface Fields {
  readonly audience: Whom;
  readonly id?: string;
  readonly level?: number;
  readonly people?: string[];
  readonly text?: string;
}

const WHOM: readonly Whom[] = ["leads", "group", "skill", "people"];

function PeopleField(): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const people = useColleagues();
  const presence = usePresence();
  const options = (people.data ?? []).filter((it) => it.person_id !== me).map((it) => ({ value: it.person_id, label: it.name }));
  return (
    <Form.Item name="people" label={t("help_request.which_people")} rules={[{ required: true, message: t("common.missing") }]}>
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: "label" }}
        options={options}
        optionRender={(it) => (
          <span>
            <PresenceDot state={presence(String(it.value))} /> {it.label}
          </span>
        )}
        data-testid="help-people"
      />
    </Form.Item>
  );
}

function WhomFields(): ReactNode {
  const { t, local } = useTexts();
  const audience = Form.useWatch<Whom | undefined>("audience") ?? "leads";
  const lists = useAudiences();
  if (audience === "leads") return null;
  if (audience === "people") return <PeopleField />;
  const choices = (audience === "group" ? lists.data?.groups : lists.data?.skills) ?? [];
  return (
    <>
      <Form.Item name="id" label={t(`help_request.which_${audience}`)} rules={[{ required: true, message: t("common.missing") }]}>
        <Select options={choices.map((it) => ({ value: it.id, label: local(it.name) }))} data-testid="help-which" />
      </Form.Item>
      <Form.Item name="level" label={t("help_request.level")}>
        <Slider min={1} max={10} marks={{ 1: "1", 5: "5", 10: "10" }} />
      </Form.Item>
    </>
  );
}

function AskDialog(props: { readonly contactId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const ask = (it: Fields): Promise<unknown> =>
    askForHelp(props.contactId, { audience: it.audience, id: it.id ?? null, level: it.level ?? 1, people: it.people ?? [], text: it.text?.trim() ?? "" });
  return (
    <FormDialog<Fields> title={t("help_request.title")} initial={{ audience: "leads", level: 7 }} onSave={ask} onClose={props.onClose} testId="ask-help">
      <Form.Item name="text" label={t("help_request.why")} extra={t("help_request.why_hint")}>
        <Input.TextArea autoFocus maxLength={1000} rows={2} data-testid="help-text" />
      </Form.Item>
      <Form.Item name="audience" label={t("help_request.whom")}>
        <Select options={WHOM.map((value) => ({ value, label: t(`help_request.${value}`) }))} data-testid="help-whom" />
      </Form.Item>
      <WhomFields />
    </FormDialog>
  );
}

export function AskHelp(props: { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const [open, setOpen] = useState(false);
  const me = useSession().person.id;
  const names = useRoomNames();
  const mine = useColleagueRows().help.find((it) => it.asked_by === me && it.contact_id === props.contactId);
  const press = (): void => (mine ? void run(() => endHelp(mine.help_id)) : setOpen(true));
  useAction("call.ask_help", press);
  const state = !mine ? t("help_request.ask") : mine.taken_by ? t("help_request.helps", { name: names.person(mine.taken_by) }) : t("help_request.asked");
  return (
    <>
      <Tooltip title={mine ? `${state} · ${t("help_request.withdraw")}` : state}>
        <Button
          icon={<AlertOutlined className={mine && !mine.taken_by ? "pulse" : ""} />}
          type={mine ? "primary" : "default"}
          disabled={busy}
          onClick={press}
          aria-label={state}
          data-testid="ask-for-help"
          data-state={!mine ? "none" : mine.taken_by ? "taken" : "asked"}
        >
          {mine ? state : null}
          <Key keys="h" label="call.ask_help" />
        </Button>
      </Tooltip>
      {open && <AskDialog contactId={props.contactId} onClose={() => setOpen(false)} />}
    </>
  );
}
