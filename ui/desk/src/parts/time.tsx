/** Running timers: one tick a second for the whole page. */
import { useSyncExternalStore, type ReactNode } from "react";
import { serverNow } from "@/server/clock";
import { clock, secondsSince } from "./format";

const listeners = new Set<() => void>();
let now = serverNow();
let ticking: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = serverNow();
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (ticking === undefined) {
    now = serverNow();
    ticking = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The server's time in milliseconds, new each second. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

export function Elapsed(props: { readonly since: string | null | undefined }): ReactNode {
  const at = useNow();
  return <span className="clock">{props.since ? clock(secondsSince(props.since, at)) : "–"}</span>;
}

export function Remaining(props: { readonly until: string }): ReactNode {
  const at = useNow();
  return <span className="clock">{clock(Math.ceil((Date.parse(props.until) - at) / 1000))}</span>;
}
