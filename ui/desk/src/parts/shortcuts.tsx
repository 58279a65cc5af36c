/** Keyboard shortcuts: whoever is on the screen registers its keys, the help dialog lists what is registered. */
import { createContext, use, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";

export interface Shortcut {
  /** As `keyName` gives it: "F2", "?", "g d" for two keys one after the other. */
  readonly keys: string;
  /** Key of the catalogue. */
  readonly label: string;
  readonly run: () => void;
}

class Registry {
  private shortcuts: readonly Shortcut[] = [];
  private readonly listeners = new Set<() => void>();
  private pending = "";
  private pendingAt = 0;

  add(shortcut: Shortcut): () => void {
    this.shortcuts = [...this.shortcuts, shortcut];
    this.tell();
    return () => {
      this.shortcuts = this.shortcuts.filter((it) => it !== shortcut);
      this.tell();
    };
  }

  readonly list = (): readonly Shortcut[] => this.shortcuts;

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** True when the key belongs to a shortcut and was used. */
  press(key: string, at: number): boolean {
    const chord = at - this.pendingAt < 1500 && this.pending ? `${this.pending} ${key}` : key;
    this.pending = "";
    const found = this.shortcuts.findLast((it) => it.keys === chord);
    if (found) {
      found.run();
      return true;
    }
    if (this.shortcuts.some((it) => it.keys.startsWith(`${key} `))) {
      this.pending = key;
      this.pendingAt = at;
    }
    return false;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const ShortcutContext = createContext<Registry | null>(null);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function ShortcutProvider(props: { readonly children: ReactNode }): ReactNode {
  const [registry] = useState(() => new Registry());
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const functionKey = /^F\d+$/.test(event.key);
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
      if (!functionKey && isTyping(event.target)) return;
      if (registry.press(event.key, event.timeStamp)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [registry]);
  return <ShortcutContext value={registry}>{props.children}</ShortcutContext>;
}

function useRegistry(): Registry {
  const registry = use(ShortcutContext);
  if (!registry) throw new Error("ShortcutProvider is missing above this component");
  return registry;
}

/** Register a key while `active`. The newest registration of a key wins. */
export function useShortcut(keys: string, label: string, run: () => void, active = true): void {
  const registry = useRegistry();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => (active ? registry.add({ keys, label, run: () => latest.current() }) : undefined), [registry, keys, label, active]);
}

export function useShortcutList(): readonly Shortcut[] {
  const registry = useRegistry();
  const list = useSyncExternalStore(registry.listen, registry.list);
  return useMemo(() => {
    const seen = new Map(list.map((it) => [it.keys, it]));
    return [...seen.values()];
  }, [list]);
}

export function Key(props: { readonly keys: string }): ReactNode {
  return (
    <span className="keys" aria-hidden>
      {props.keys.split(" ").map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
