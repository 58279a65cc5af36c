/** A field of a form for a date and time, as the business's clocks show it (`2026-11-24 10:00`): typed, or picked in the calendar.
 * The calendar opens by a click or the down arrow, never by itself: typing alone is enough. */
import { Form } from "antd";
import type { Rule } from "antd/es/form";
import dayjs from "dayjs";
import { useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode, type SyntheticEvent } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "./picker";
import { typedTime } from "./wall";
import "./texts";

const SHOWN = "YYYY-MM-DD HH:mm";
/** The value while something is typed that is no date and time; the form does not take it. */
const WRONG = "?";

interface MomentFieldProps {
  readonly id?: string;
  readonly value?: string | undefined;
  readonly onChange?: (wall: string | undefined) => void;
  readonly onBlur?: () => void;
  readonly min?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly testId?: string | undefined;
}

function MomentField({ value, onChange, onBlur, min, ...props }: MomentFieldProps): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const typed = useRef("");
  // While the text is wrong the calendar keeps what was there, so that the text is left alone.
  const [kept, setKept] = useState(value);
  if (value !== WRONG && value !== kept) setKept(value);
  const type = (event: SyntheticEvent<HTMLElement>): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    typed.current = event.target.value;
    const exact = typedTime(typed.current) === typed.current ? typed.current : WRONG;
    onChange?.(typed.current.trim() ? exact : undefined);
  };
  const leave = (): void => {
    const meant = typedTime(typed.current);
    typed.current = "";
    if (value === WRONG && meant) onChange?.(meant);
  };
  const left = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    leave();
    onBlur?.();
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Enter") leave();
    else if (event.key === "ArrowDown" && !open) setOpen(true);
    else if (event.key === "Escape" && open) event.stopPropagation();
  };
  return (
    <div onInput={type} onBlur={left} onKeyDownCapture={press}>
      <DatePicker
        {...(props.id ? { id: props.id } : {})}
        autoFocus={props.autoFocus ?? false}
        placeholder={props.placeholder ?? t("dates.like")}
        data-testid={props.testId}
        format={SHOWN}
        showTime={{ format: "HH:mm", minuteStep: 5 }}
        showNow={false}
        needConfirm={false}
        preserveInvalidOnBlur
        open={open}
        onOpenChange={(next) => !next && setOpen(false)}
        onClick={() => setOpen(true)}
        value={kept ? dayjs(kept) : null}
        {...(min ? { minDate: dayjs(min) } : {})}
        onCalendarChange={(at) => !Array.isArray(at) && onChange?.(at.format(SHOWN))}
        onChange={(at) => onChange?.(at ? at.format(SHOWN) : undefined)}
        style={{ width: "100%" }}
      />
    </div>
  );
}

interface MomentItemProps extends Omit<MomentFieldProps, "id" | "value" | "onChange" | "onBlur"> {
  readonly name: string;
  readonly label: string;
  readonly extra?: string;
  readonly required?: boolean;
}

/** The field with its label; its value in the form is `2026-11-24 10:00`, or nothing. */
export function MomentItem({ name, label, extra, required, ...field }: MomentItemProps): ReactNode {
  const { t } = useTexts();
  const rules: Rule[] = [{ validator: (_, value) => (value === WRONG ? Promise.reject(new Error(t("dates.wrong"))) : Promise.resolve()) }];
  if (required) rules.push({ required: true, message: t("common.missing") });
  return (
    <Form.Item name={name} label={label} extra={extra} rules={rules} validateTrigger="onBlur">
      <MomentField {...field} />
    </Form.Item>
  );
}
