/** How a person likes the desk: small things, each under its name, kept in this browser. */
import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "huying.preference.";
const listeners = new Set<() => void>();
const parsed = new Map<string, { readonly text: string; readonly value: unknown }>();

/** The stored value; the same object while the text is the same. */
function read<T>(name: string, fallback: T): T {
  const text = localStorage.getItem(PREFIX + name);
  if (text === null) return fallback;
  const before = parsed.get(name);
  if (before?.text === text) return before.value as T;
  try {
    const value = JSON.parse(text) as T;
    parsed.set(name, { text, value });
    return value;
  } catch {
    return fallback;
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function keepPreference(name: string, value: unknown): void {
  localStorage.setItem(PREFIX + name, JSON.stringify(value));
  for (const listener of listeners) listener();
}

/** `fallback` must be the same object each time. */
export function usePreference<T>(name: string, fallback: T): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(listen, () => read(name, fallback));
  const keep = useCallback((next: T) => keepPreference(name, next), [name]);
  return [value, keep];
}
