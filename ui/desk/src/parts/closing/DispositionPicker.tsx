/** Choosing how a contact is closed: a list to type into, of the tree's leaves with their paths. */
import { Select, type RefSelectProps } from "antd";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useAction, useKeysOf } from "@/parts/shortcuts";
import { useNames } from "@/server/names";
import { useQueueAsks } from "@/server/work";
import { leavesOf, matches, type Leaf } from "./dispositionTree";
import "./texts";

interface PickerProps {
  readonly queueId: string | null;
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** Whether a key opens it: that of the call at hand. */
  readonly keyed?: boolean;
}

function Path(props: { readonly leaf: Leaf }): ReactNode {
  const { path, code } = props.leaf;
  return (
    <span data-testid={`disposition-${code}`}>
      {path.length > 1 && <span className="quiet">{path.slice(0, -1).join(" › ")} › </span>}
      {path.at(-1)}
    </span>
  );
}

export function DispositionPicker(props: PickerProps): ReactNode {
  const { t, local } = useTexts();
  const names = useNames();
  const { forced, choices } = useQueueAsks(props.queueId);
  const select = useRef<RefSelectProps>(null);
  const [open, setOpen] = useState(false);
  const keys = useKeysOf("closing.choose");
  useAction(
    "closing.choose",
    () => {
      select.current?.focus();
      setOpen(true);
    },
    { active: props.keyed ?? false },
  );
  const leaves = useMemo(() => leavesOf(choices, local), [choices, local]);
  return (
    <Select
      ref={select}
      open={open}
      onOpenChange={setOpen}
      value={props.value || null}
      onChange={(value: string | null) => props.onChange(value ?? "")}
      options={leaves.map((it) => ({ value: it.code, label: <Path leaf={it} />, leaf: it }))}
      labelRender={({ value }) => names.dispositionPath(String(value))}
      showSearch={{ filterOption: (typed, option) => option !== undefined && matches(option.leaf, typed) }}
      allowClear
      placeholder={forced ? t("closing.disposition_needed") : t("wrap_up.disposition")}
      aria-label={t("wrap_up.disposition")}
      aria-required={forced}
      aria-keyshortcuts={props.keyed && keys ? keys : undefined}
      data-testid="wrap-up-disposition"
      style={{ width: "100%" }}
    />
  );
}
