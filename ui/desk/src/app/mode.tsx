/** Light, dark, or as the system has it; kept in this browser, the same in all its windows. */
import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { usePreference } from "@/parts/preferences";
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
  useEffect(() => {
    const follow = (event: StorageEvent): void => {
      if (event.key === STORED) setChoice(storedChoice());
    };
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, []);
  const choose = useCallback((next: Choice): void => {
    localStorage.setItem(STORED, next);
    setChoice(next);
  }, []);
  const value = useMemo(() => ({ mode, choice, choose }), [mode, choice, choose]);
  return <ModeContext value={value}>{props.children}</ModeContext>;
}

export function useMode(): ModeContextValue {
  const value = use(ModeContext);
  if (!value) throw new Error("ModeProvider is missing above this component");
  return value;
}

/** What the person has chosen on another workstation counts here too. */
export function ModeOfPerson(): ReactNode {
  const { choose } = useMode();
  const [theme] = usePreference<Choice | null>("theme", null);
  useEffect(() => {
    if (theme) choose(theme);
  }, [theme, choose]);
  return null;
}
