/** The frame's link with the page it stands in: greets, and listens to pages that the business allows, to their window alone. */
import { isGreeting, VERSION, type EventName, type Events, type FromFrame, type Snapshot, type ToFrame } from "@huying/desk-api/protocol";

export interface Linked {
  /** As the browser says it; null before an allowed page has spoken. */
  readonly origin: string | null;
  readonly port: MessagePort | null;
}

export class ParentLink {
  private state: Linked = { origin: null, port: null };
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly window: Window,
    private readonly allowed: readonly string[],
  ) {}

  readonly linked = (): Linked => this.state;
  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Listen and greet, until the returned function is called. */
  start(): () => void {
    const hear = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== this.window.parent || !this.allowed.includes(event.origin) || !isGreeting(event.data, "hello") || !port) return;
      this.state = { origin: event.origin, port };
      for (const listener of this.listeners) listener();
    };
    this.window.addEventListener("message", hear);
    // Says nothing but that somebody is here, so anybody may hear it.
    this.window.parent.postMessage({ huying: "ready", version: VERSION }, "*");
    return () => this.window.removeEventListener("message", hear);
  }
}

export type Answerer = (message: ToFrame) => Promise<unknown>;

const send = (port: MessagePort, message: FromFrame): void => port.postMessage(message);

export const welcome = (port: MessagePort, snapshot: Snapshot): void => send(port, { type: "welcome", version: VERSION, snapshot });
export const tell = <Name extends EventName>(port: MessagePort, name: Name, data: Events[Name]): void => send(port, { type: "event", name, data });

const isCommand = (value: unknown): value is ToFrame =>
  typeof value === "object" && value !== null && "type" in value && value.type === "command" && "id" in value && typeof value.id === "number";

/** Answer the page's commands; errors of ours go back with their code. */
export function serve(port: MessagePort, answer: Answerer): void {
  port.onmessage = (event: MessageEvent<unknown>) => {
    if (!isCommand(event.data)) return;
    const { id } = event.data;
    answer(event.data)
      .then((value) => send(port, { type: "answer", id, ok: true, value: value ?? null }))
      .catch((reason: unknown) => {
        const { code, message } = reason as { readonly code?: string; readonly message?: string };
        send(port, { type: "answer", id, ok: false, code: code ?? "failed", message: message ?? "" });
      });
  };
}
