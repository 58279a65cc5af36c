/** Where work goes that leaves the queue: what is done, and with which queue, number or exit. */
import { Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useQueues } from "@/server/names";
import { DEEDS, NEEDS_TARGET, type Deed } from "./queueDraft";

interface DeedPickerProps {
  readonly value: Deed | undefined;
  readonly onChange: (deed: Deed | null) => void;
  /** Said when nothing is chosen. */
  readonly none: string;
  readonly own: string | null;
  readonly label: string;
}

function Target(props: DeedPickerProps): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues();
  const { value, onChange } = props;
  if (!value || !NEEDS_TARGET.has(value.do)) return <span />;
  const put = (target: string): void => onChange({ ...value, target });
  const { target } = value;
  if (value.do === "overflow") {
    const others = (queues.data ?? []).filter((it) => it.id !== props.own && (it.active || it.id === target));
    return (
      <Select
        showSearch={{ optionFilterProp: "label" }}
        value={target || null}
        status={target ? "" : "warning"}
        placeholder={t("queues.which_queue")}
        aria-label={t("queues.which_queue")}
        onChange={put}
        options={others.map((it) => ({ value: it.id, label: local(it.name) }))}
      />
    );
  }
  const asks = value.do === "forward" ? t("queues.which_number") : t("queues.which_exit");
  return <Input value={target} status={target ? "" : "warning"} placeholder={asks} aria-label={asks} maxLength={100} onChange={(event) => put(event.target.value.trim())} />;
}

export function DeedPicker(props: DeedPickerProps): ReactNode {
  const { code } = useTexts();
  const { value, onChange } = props;
  return (
    <>
      <Select<string>
        value={value?.do ?? ""}
        aria-label={props.label}
        onChange={(deed) => onChange(deed ? { do: deed as Deed["do"], target: "" } : null)}
        options={[{ value: "", label: <span className="quiet">{props.none}</span> }, ...DEEDS.map((it) => ({ value: it, label: code("deed", it) }))]}
      />
      <Target {...props} />
    </>
  );
}
