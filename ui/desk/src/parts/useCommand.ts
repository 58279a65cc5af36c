/** Runs a command to the server once at a time and shows its refusal. */
import { App } from "antd";
import { useRef, useState } from "react";
import { useErrorText } from "./states";

export interface Command {
  /** True when the command was accepted. A second press while one runs does nothing. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly busy: boolean;
}

export function useCommand(): Command {
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    try {
      await work();
      return true;
    } catch (reason) {
      void message.error(errorText(reason));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy };
}
