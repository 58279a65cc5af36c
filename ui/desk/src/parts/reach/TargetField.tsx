/** Where calls are passed on to: nowhere, a number, a colleague, a queue or a mailbox. A field of a form. */
import type { ReachTarget } from "@huying/api";
import { Input, Select, Space } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";

import { useAgents, useQueues } from "@/server/names";

interface TargetFieldProps {
  readonly value?: ReachTarget | null;
  readonly onChange?: (value: ReachTarget | null) => void;
  /** What it means when nothing is chosen. */
  readonly none: string;
  readonly id?: string;
  readonly testId: string;
}

const KINDS = ["number", "agent", "queue", "mailbox"] as const;

export function TargetField(props: TargetFieldProps): ReactNode {
  const { t, local } = useTexts();
  const agents = useAgents().data ?? [];
  const queues = useQueues().data ?? [];
  const { value } = props;
  const kind = value?.kind ?? "none";
  const change = (next: ReachTarget | null): void => props.onChange?.(next);
  const people = agents.map((it) => ({ value: it.id, label: `${it.extension} ${it.name}` }));
  const lines = queues.map((it) => ({ value: it.id, label: local(it.name) }));
  const choices = kind === "agent" ? people : kind === "queue" ? lines : [...lines, ...people];
  return (
    <Space.Compact block>
      <Select
        {...(props.id ? { id: props.id } : {})}
        value={kind}
        style={{ width: 150, flex: "none" }}
        onChange={(chosen: string) => change(chosen === "none" ? null : { kind: chosen as ReachTarget["kind"], id: null, number: "" })}
        options={[{ value: "none", label: props.none }, ...KINDS.map((it) => ({ value: it, label: t(`reach.kind_${it}`) }))]}
        data-testid={`${props.testId}-kind`}
      />
      {kind === "number" && (
        <Input value={value?.number ?? ""} maxLength={40} placeholder={t("reach.number")} aria-label={t("reach.number")} onChange={(event) => change({ kind, id: null, number: event.target.value })} data-testid={`${props.testId}-number`} />
      )}
      {(kind === "agent" || kind === "queue" || kind === "mailbox") && (
        <Select
          value={value?.id ?? null}
          aria-label={t(`reach.kind_${kind}`)}
          allowClear={kind === "mailbox"}
          placeholder={kind === "mailbox" ? t("reach.own_mailbox") : null}
          showSearch={{ optionFilterProp: "label" }}
          style={{ flex: 1, minWidth: 0 }}
          onChange={(id: string | undefined) => change({ kind, id: id ?? null, number: "" })}
          options={choices}
          data-testid={`${props.testId}-id`}
        />
      )}
    </Space.Compact>
  );
}
