/** Light, dark, or as the system has it; kept in this browser. */
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import type { Mode } from "./theme";

export type Choice = Mode | "auto";
const STORED = "huying.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

interface ModeContextValue {
  readonly mode: Mode;
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
}

const ModeContext = createContext<ModeContextValue | null>(null);

function storedChoice(): Choice {
  const stored = localStorage.getItem(STORED);
  return stored === "light" || stored === "dark" ? stored : "auto";
}

function listenSystem(listener: () => void): () => void {
  system.addEventListener("change", listener);
  return () => system.removeEventListener("change", listener);
}

export function ModeProvider(props: { readonly children: ReactNode }): ReactNode {
  const [choice, setChoice] = useState(storedChoice);
  const systemDark = useSyncExternalStore(listenSystem, () => system.matches);
  const mode: Mode = choice === "auto" ? (systemDark ? "dark" : "light") : choice;
  useEffect(() => {
    document.documentElement.dataset.theme = mode;
  }, [mode]);
  const value = useMemo(() => {
    const choose = (next: Choice): void => {
      localStorage.setItem(STORED, next);
      setChoice(next);
    };
    return { mode, choice, choose };
  }, [mode, choice]);
  return <ModeContext value={value}>{props.children}</ModeContext>;
}

export function useMode(): ModeContextValue {
  const value = use(ModeContext);
  if (!value) throw new Error("ModeProvider is missing above this component");
  return value;
}
