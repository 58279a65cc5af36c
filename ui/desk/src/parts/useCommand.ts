/** Runs a command to the server once at a time and shows its refusal; what may be done all the same is asked. */
import { ApiError } from "@huying/api";
import { App } from "antd";
import { useRef, useState } from "react";
import { useTexts } from "@/i18n";
import { useErrorText } from "./states";

export interface Command {
  /**
   * True when the command was accepted. A second press while one of the same `name` runs does nothing: the live feed may show what a
   * command did before its answer is here, and whoever undoes it then is heard. `knowing`: it was refused, and is wanted all the same.
   */
  readonly run: (work: (knowing: boolean) => Promise<unknown>, name?: string) => Promise<boolean>;
  readonly busy: boolean;
}

const mayOverride = (reason: unknown): boolean => reason instanceof ApiError && reason.details.may_override === true;

export function useCommand(): Command {
  const { t } = useTexts();
  const { message, modal } = App.useApp();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const running = useRef<ReadonlySet<string>>(new Set());
  /** Whether it was done in the end. */
  const attempt = async (work: (knowing: boolean) => Promise<unknown>): Promise<boolean> => {
    try {
      await work(false);
    } catch (reason) {
      if (!mayOverride(reason)) throw reason;
      // A second Enter by accident must not be the answer.
      if (!(await modal.confirm({ title: errorText(reason), okText: t("command.all_the_same"), cancelText: t("common.cancel"), focusable: { autoFocusButton: "cancel" } }))) return false;
      await work(true);
    }
    return true;
  };
  const run = async (work: (knowing: boolean) => Promise<unknown>, name = ""): Promise<boolean> => {
    if (running.current.has(name)) return false;
    running.current = new Set([...running.current, name]);
    setBusy(true);
    try {
      return await attempt(work);
    } catch (reason) {
      void message.error(errorText(reason));
      return false;
    } finally {
      running.current = new Set([...running.current].filter((it) => it !== name));
      setBusy(running.current.size > 0);
    }
  };
  return { run, busy };
}
