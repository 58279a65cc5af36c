/** How a person likes the desk: small things, each under its name. They live with the person on the server; this browser's copy is what is shown at once. */
import { take } from "@huying/api";
import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { api } from "@/server/api";

const PREFIX = "huying.preference.";
/** A drag changes a width many times. */
const SEND_AFTER_MS = 800;
const listeners = new Set<() => void>();
const parsed = new Map<string, { readonly text: string; readonly value: unknown }>();
const sending = new Map<string, ReturnType<typeof setTimeout>>();
let owner = "";

const keyOf = (name: string): string => `${PREFIX}${owner}.${name}`;
/** Chosen here, and not yet on the server. */
const unsentKey = (): string => `${PREFIX}unsent.${owner}`;
const unsent = (): readonly string[] => (localStorage.getItem(unsentKey()) ?? "").split(" ").filter(Boolean);

function tell(): void {
  for (const listener of listeners) listener();
}

/** The stored value; the same object while the text is the same. */
function read<T>(name: string, fallback: T): T {
  const key = keyOf(name);
  const text = localStorage.getItem(key);
  if (text === null) return fallback;
  const before = parsed.get(key);
  if (before?.text === text) return before.value as T;
  try {
    const value = JSON.parse(text) as T;
    parsed.set(key, { text, value });
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

async function send(name: string, person: string): Promise<void> {
  if (person !== owner) return;
  const value = read<unknown>(name, null);
  try {
    await take(api.PUT("/api/preferences/{name}", { params: { path: { name } }, body: { value } }));
    if (person === owner) localStorage.setItem(unsentKey(), unsent().filter((it) => it !== name).join(" "));
  } catch {
    // It stays among the unsent, and goes with the next sign-in or refresh.
  }
}

export function keepPreference(name: string, value: unknown): void {
  localStorage.setItem(keyOf(name), JSON.stringify(value));
  localStorage.setItem(unsentKey(), [...new Set([...unsent(), name])].join(" "));
  tell();
  const person = owner;
  clearTimeout(sending.get(name));
  sending.set(
    name,
    setTimeout(() => void send(name, person), SEND_AFTER_MS),
  );
}

/** Takes what the server has; what was chosen here and never arrived goes there. */
function adopt(chosen: Readonly<Record<string, unknown>>): void {
  const own = new Set(unsent());
  const names = Object.keys(localStorage).filter((it) => it.startsWith(keyOf(""))).map((it) => it.slice(keyOf("").length));
  for (const name of names) if (!own.has(name) && !(name in chosen)) localStorage.removeItem(keyOf(name));
  for (const [name, value] of Object.entries(chosen)) if (!own.has(name)) localStorage.setItem(keyOf(name), JSON.stringify(value));
  tell();
  for (const name of own) void send(name, owner);
}

/** Below it preferences are those of this person; put it under a `key` of the person. */
export function PreferencesOf(props: { readonly person: string; readonly children: ReactNode }): ReactNode {
  // Before the first one below reads.
  useState(() => (owner = props.person));
  useEffect(() => {
    let gone = false;
    take(api.GET("/api/preferences")).then(
      ({ chosen }) => gone || adopt(chosen),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [props.person]);
  return props.children;
}

/** `fallback` must be the same object each time. */
export function usePreference<T>(name: string, fallback: T): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(listen, () => read(name, fallback));
  const keep = useCallback((next: T) => keepPreference(name, next), [name]);
  return [value, keep];
}
