/** The fields of the queue editor: a label, what it means, and the input. */
import { InputNumber, Select, Switch } from "antd";
import { useId, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Queues.module.css";

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wide?: boolean;
  readonly children: (id: string) => ReactNode;
}

export function Field(props: FieldProps): ReactNode {
  const id = useId();
  return (
    <div className={props.wide ? css.wide : undefined}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.hint && <div className={css.hint}>{props.hint}</div>}
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max: number;
  readonly unit?: string;
  readonly testId?: string;
}

export function NumberField(props: NumberFieldProps): ReactNode {
  const { min = 0 } = props;
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => (
        <InputNumber<number>
          id={id}
          min={min}
          max={props.max}
          precision={0}
          value={props.value}
          suffix={props.unit}
          onChange={(value) => value !== null && props.onChange(value)}
          data-testid={props.testId}
          style={{ width: "100%" }}
        />
      )}
    </Field>
  );
}

export function SecondsField(props: Omit<NumberFieldProps, "unit">): ReactNode {
  const { t } = useTexts();
  return <NumberField {...props} unit={t("queue.unit")} />;
}

interface SwitchFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly disabled?: boolean;
}

export function SwitchField(props: SwitchFieldProps): ReactNode {
  const id = useId();
  return (
    <div>
      <div className="row">
        <Switch id={id} size="small" checked={props.value} onChange={props.onChange} disabled={props.disabled === true} />
        <label htmlFor={id} style={{ margin: 0 }}>
          {props.label}
        </label>
      </div>
      {props.hint && <div className={css.hint}>{props.hint}</div>}
    </div>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function ChoiceField(props: ChoiceFieldProps): ReactNode {
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => <Select id={id} value={props.value} onChange={props.onChange} options={[...props.options]} style={{ width: "100%" }} />}
    </Field>
  );
}

export function Part(props: { readonly title: string; readonly hint?: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={css.part}>
      <h3>{props.title}</h3>
      {props.hint && <p className={css.hint}>{props.hint}</p>}
      <div className={css.fields}>{props.children}</div>
    </section>
  );
}
