/** Actions and their keys: whoever is on the screen registers what can be done; help, palette and keyboard read the one list. */
import { createContext, use, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { keyName, worksWhileTyping } from "./keys/names";
import { ActionRegistry, groupOf, type ShownAction } from "./keys/registry";
import { keysFor, type ChangedKeys } from "./keys/table";
import { usePreference } from "./preferences";

const ShortcutContext = createContext<ActionRegistry | null>(null);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const NO_CHANGES: ChangedKeys = {};
export const useChangedKeys = () => usePreference<ChangedKeys>("keys", NO_CHANGES);

export function ShortcutProvider(props: { readonly children: ReactNode }): ReactNode {
  const [registry] = useState(() => new ActionRegistry());
  const [changed] = useChangedKeys();
  useEffect(() => registry.change(changed), [registry, changed]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const name = keyName(event);
      if (!name || event.defaultPrevented || event.repeat || event.isComposing) return;
      if (!worksWhileTyping(name) && isTyping(event.target)) return;
      if (registry.press(name, event.timeStamp)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [registry]);
  return <ShortcutContext value={registry}>{props.children}</ShortcutContext>;
}

function useRegistry(): ActionRegistry {
  const registry = use(ShortcutContext);
  if (!registry) throw new Error("ShortcutProvider is missing above this component");
  return registry;
}

interface ActionOptions {
  readonly active?: boolean;
  /** The keys it asks for where the table of keys does not know its label. */
  readonly keys?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** Offer an action while `active`: in the palette, and by the key that the table gives its label. The newest of a key wins. */
export function useAction(label: string, run: () => void, options: ActionOptions = {}): void {
  const registry = useRegistry();
  const { active = true, keys = "", values } = options;
  const latest = useRef(run);
  const told = JSON.stringify(values);
  // Before it is painted: whoever sees what can be done may press its key, and must not reach what stood there before.
  useLayoutEffect(() => {
    latest.current = run;
  });
  useLayoutEffect(() => {
    if (!active) return undefined;
    const filled = told ? (JSON.parse(told) as Record<string, string>) : undefined;
    return registry.add({ label, own: keys, group: groupOf(label), values: filled, run: () => latest.current() });
  }, [registry, keys, label, active, told]);
}

/** Register a key while `active`. */
export function useShortcut(keys: string, label: string, run: () => void, active = true): void {
  useAction(label, run, { keys, active });
}

/** What can be done now; of actions with the same key the newest. */
export function useActions(): readonly ShownAction[] {
  const registry = useRegistry();
  const list = useSyncExternalStore(registry.listen, registry.list);
  return useMemo(() => {
    const seen = new Map(list.map((it) => [it.keys || it.label + JSON.stringify(it.values), it]));
    return [...seen.values()];
  }, [list]);
}

/** The keys in force; for `aria-keyshortcuts` and the like. */
export function useKeysOf(label: string, own = ""): string {
  const registry = useRegistry();
  return keysFor(useSyncExternalStore(registry.listen, registry.changedKeys), label, own);
}

export function Key(props: { readonly keys: string; readonly label?: string }): ReactNode {
  const keys = useKeysOf(props.label ?? "", props.keys);
  if (!keys) return null;
  return <Keys keys={keys} />;
}

/** Keys as they are drawn: no text of the button they stand in, which has a name of its own. */
export function Keys(props: { readonly keys: string }): ReactNode {
  return (
    <span className="keys" aria-hidden>
      {props.keys.split(" ").map((key) => (
        <kbd key={key} data-key={key.replace("Shift+", "⇧").replace("Ctrl+", "Ctrl ").replace("Alt+", "Alt ")} />
      ))}
    </span>
  );
}
