/** Tags of a customer: typed or chosen, kept at once. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { useTags } from "@/server/customers";
import { useMay } from "@/server/session";
import type { PartProps } from "./Basics";
import css from "./Card.module.css";

export function TagPill(props: { readonly name: string; readonly colour: string }): ReactNode {
  return (
    <span className={css.tag} style={props.colour ? { borderColor: props.colour, boxShadow: `inset 3px 0 ${props.colour}` } : undefined}>
      {props.name}
    </span>
  );
}

export function Tags(props: PartProps): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const known = useTags().data ?? [];
  const { run, busy } = useCommand();
  const [editing, setEditing] = useState(false);
  const { customer, save } = props;
  if (!editing) {
    return (
      <span className="row wrap" data-testid="customer-tags">
        {customer.tags.map((it) => (
          <TagPill key={it.id} name={it.name} colour={it.colour} />
        ))}
        {may("customers.edit") && (
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => setEditing(true)} data-testid="edit-tags">
            {t("customer.tags")}
          </Button>
        )}
      </span>
    );
  }
  return (
    <Select<string[]>
      mode="tags"
      autoFocus
      defaultOpen
      size="small"
      style={{ minWidth: 220 }}
      defaultValue={customer.tags.map((it) => it.name)}
      options={known.map((it) => ({ value: it.name, label: it.name }))}
      tokenSeparators={[",", "\uff0c", "\u3001", ";"]}
      loading={busy}
      aria-label={t("customer.tags")}
      onChange={(tags) => void run(() => save({ share_numbers: false, tags }))}
      onBlur={() => setEditing(false)}
    />
  );
}
