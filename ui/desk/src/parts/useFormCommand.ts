/** Saves a form: a refusal that speaks of fields is shown at them, any other as a message. */
import { App, type FormInstance } from "antd";
import { useState } from "react";
import { useTexts } from "@/i18n";
import { fieldErrors } from "./fieldErrors";
import { useErrorText } from "./states";

export interface FormCommand {
  readonly busy: boolean;
  readonly save: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useFormCommand<Fields extends object>(form: FormInstance<Fields>): FormCommand {
  const { message } = App.useApp();
  const { code } = useTexts();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const show = (reason: unknown): void => {
    const found = fieldErrors(reason).map((it) => {
      const known = code("field_error", it.code);
      return { name: [...it.path] as never, errors: [known && known !== it.code ? known : it.message] };
    });
    const here = found.filter((it) => form.getFieldInstance(it.name) !== undefined);
    if (here.length > 0) form.setFields(here);
    else void message.error(found[0]?.errors[0] ?? errorText(reason));
  };
  const save = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    try {
      await work();
      return true;
    } catch (reason) {
      show(reason);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, save };
}
