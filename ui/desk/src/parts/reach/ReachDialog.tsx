/** How a person is reached: forwarding, do not disturb, call waiting. One's own, or an agent's. */
import type { Reach } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Form, InputNumber, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Loaded } from "@/parts/states";
import { reachKey, saveReach, useReach } from "@/server/dialling";
import { useSchedules } from "@/server/hours";
import { TargetField } from "./TargetField";
import "./texts";

interface ReachDialogProps {
  /** Whose; one's own without. */
  readonly agentId: string | null;
  readonly name: string;
  readonly onClose: () => void;
}

function Flag(props: { readonly name: keyof Reach; readonly hint?: string }): ReactNode {
  const { t } = useTexts();
  return (
    <Form.Item name={props.name} label={t(`reach.${props.name === "do_not_disturb" ? "dnd" : props.name}`)} extra={props.hint} valuePropName="checked" layout="horizontal">
      <Switch size="small" data-testid={`reach-${props.name}`} />
    </Form.Item>
  );
}

function Passed(props: { readonly name: "always" | "busy" | "no_answer" | "after_hours" | "not_disturbed" }): ReactNode {
  const { t } = useTexts();
  return (
    <Form.Item name={props.name} label={t(`reach.${props.name}`)}>
      <TargetField none={t(props.name === "always" ? "reach.none_always" : "reach.none_mailbox")} testId={`reach-${props.name}`} />
    </Form.Item>
  );
}

function Fields(): ReactNode {
  const { t, local } = useTexts();
  const schedules = useSchedules().data ?? [];
  const quiet = Form.useWatch<boolean | undefined>("do_not_disturb");
  const hours = Form.useWatch<string | null | undefined>("schedule_id");
  return (
    <>
      <p className="quiet" style={{ marginTop: 0 }}>
        {t("reach.hint")}
      </p>
      <Flag name="do_not_disturb" hint={t("reach.dnd_hint")} />
      {quiet && <Passed name="not_disturbed" />}
      <Passed name="always" />
      <Passed name="busy" />
      <Passed name="no_answer" />
      <Form.Item name="no_answer_seconds" label={t("reach.no_answer_after")}>
        <InputNumber<number> min={5} max={120} precision={0} suffix={t("reach.seconds")} style={{ width: 120 }} />
      </Form.Item>
      <Form.Item name="schedule_id" label={t("reach.schedule")}>
        <Select allowClear placeholder={t("reach.schedule_none")} options={schedules.filter((it) => it.active).map((it) => ({ value: it.id, label: local(it.name) }))} />
      </Form.Item>
      {hours && <Passed name="after_hours" />}
      <Flag name="call_waiting" />
      <Flag name="all_devices" />
    </>
  );
}

export function ReachDialog(props: ReachDialogProps): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useReach(props.agentId);
  const renew = (): void => void client.invalidateQueries({ queryKey: reachKey(props.agentId) });
  return (
    <Loaded query={query}>
      {(saved) => (
        <FormDialog<Reach>
          title={props.agentId ? t("reach.title_of", { name: props.name }) : t("reach.title")}
          initial={saved}
          onSave={(fields) => saveReach(props.agentId, { ...saved, ...fields, schedule_id: fields.schedule_id ?? null })}
          onSaved={renew}
          onClose={props.onClose}
          testId="reach"
        >
          <Fields />
        </FormDialog>
      )}
    </Loaded>
  );
}
