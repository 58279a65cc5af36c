/**
 * Puts the softphone into another company's page and speaks with it. No dependencies; built to one file, /embed/huying-desk.js,
 * which makes `HuyingDesk`. The frame speaks to pages that an administrator has allowed and to no others; this side speaks to
 * the frame's own server and to nobody else.
 */
import { isGreeting, VERSION, type Call, type CommandName, type Commands, type EventName, type Events, type FromFrame, type Snapshot, type Target } from "./protocol";

export type { Call, Events, Snapshot, Status, Target } from "./protocol";

export interface ConnectOptions {
  /** Where Huying is, such as https://call.example. */
  readonly server: string;
  /** The business's code. */
  readonly business: string;
  /** Where in the page the softphone stands. */
  readonly container: HTMLElement;
  readonly title?: string;
  /** After so long without the frame's greeting `connect` fails; 15 s where it is not said. */
  readonly timeoutMs?: number;
}

/** A refusal; `code` is stable, `message` says what to do. */
export class DeskError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "DeskError";
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: DeskError) => void;
}

export class Desk {
  /** As the frame last said it. */
  snapshot: Snapshot;
  private readonly listeners = new Map<EventName, Set<(data: never) => void>>();
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  constructor(
    readonly frame: HTMLIFrameElement,
    private port: MessagePort,
    snapshot: Snapshot,
    private readonly onClose: () => void,
  ) {
    this.snapshot = snapshot;
    this.attach(port, snapshot);
  }

  /** The frame was loaded anew: go on over its new port with the same listeners. What was asked of the old one is refused. */
  attach(port: MessagePort, snapshot: Snapshot): void {
    this.port = port;
    this.snapshot = snapshot;
    port.onmessage = (event: MessageEvent<FromFrame>) => this.hear(event.data);
    this.refuseAll(new DeskError("reloaded", "The softphone was loaded anew: ask again."));
  }

  /** Be told of something; the returned function ends it. */
  on<Name extends EventName>(name: Name, listener: (data: Events[Name]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known);
    known.add(listener);
    return () => known.delete(listener);
  }

  /** Who is signed in, the status, and the call at hand with the customer's data. */
  async state(): Promise<Snapshot> {
    this.snapshot = (await this.ask("state", {})) as Snapshot;
    return this.snapshot;
  }

  /** The call at hand: number, customer, queue, attributes; null without one. */
  async contact(): Promise<Call | null> {
    return (await this.state()).call;
  }

  startWork = (): Promise<void> => this.command("start_work", {});
  stopWork = (): Promise<void> => this.command("stop_work", {});
  setStatus = (status: "ready" | "break", reason = ""): Promise<void> => this.command("set_status", { status, reason });
  /** Call a number outside, or a colleague. Answers the contact's id. */
  dial = async (to: string | Commands["dial"]): Promise<string> => (await this.ask("dial", typeof to === "string" ? { number: to } : to)) as string;
  answer = (): Promise<void> => this.command("answer", {});
  refuse = (): Promise<void> => this.command("refuse", {});
  hangUp = (): Promise<void> => this.command("hang_up", {});
  hold = (): Promise<void> => this.command("hold", {});
  resume = (): Promise<void> => this.command("resume", {});
  mute = (): Promise<void> => this.command("mute", {});
  unmute = (): Promise<void> => this.command("unmute", {});
  sendDigits = (digits: string): Promise<void> => this.command("digits", { digits });
  transfer = (target: Target, note = ""): Promise<void> => this.command("transfer", { target, note });
  consult = (target: Target): Promise<void> => this.command("consult", { target });
  swap = (): Promise<void> => this.command("swap", {});
  merge = (): Promise<void> => this.command("merge", {});
  complete = (): Promise<void> => this.command("complete", {});
  endConsult = (): Promise<void> => this.command("end_consult", {});
  setDisposition = (disposition: string, note = ""): Promise<void> => this.command("set_disposition", { disposition, note });
  /** End the after-call work. */
  finish = (): Promise<void> => this.command("finish", {});

  /** Take the softphone out of the page; a call goes on until the server sees that nobody is there. */
  close(): void {
    this.port.close();
    this.frame.remove();
    this.refuseAll(new DeskError("closed", "The softphone was taken out of the page."));
    this.onClose();
  }

  private refuseAll(error: DeskError): void {
    for (const it of this.waiting.values()) it.reject(error);
    this.waiting.clear();
  }

  private async command<Name extends CommandName>(name: Name, args: Commands[Name]): Promise<void> {
    await this.ask(name, args);
  }

  private ask<Name extends CommandName>(name: Name, args: Commands[Name]): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.port.postMessage({ type: "command", id, name, args });
    });
  }

  private hear(message: FromFrame): void {
    if (message.type === "welcome") this.snapshot = message.snapshot;
    if (message.type === "event") {
      for (const listener of this.listeners.get(message.name) ?? []) listener(message.data as never);
    }
    if (message.type !== "answer") return;
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.value);
    else waiting?.reject(new DeskError(message.code, message.message));
  }
}

/** Put the softphone into the page. Resolves when the frame has greeted; the person signs in inside it. Rejects with DeskError. */
export function connect(options: ConnectOptions): Promise<Desk> {
  const server = new URL(options.server).origin;
  const frame = document.createElement("iframe");
  frame.src = `${server}/embed/${encodeURIComponent(options.business)}`;
  frame.title = options.title ?? "Huying";
  frame.allow = "microphone; speaker-selection; autoplay; clipboard-write";
  frame.style.cssText = "border:0;width:100%;height:100%;min-height:120px";
  return new Promise((resolve, reject) => {
    let desk: Desk | null = null;
    let port: MessagePort | null = null;
    const timer = setTimeout(() => {
      stop();
      frame.remove();
      reject(new DeskError("not-connected", `The softphone does not answer. Is ${location.origin} an allowed page, and ${server} right?`));
    }, options.timeoutMs ?? 15_000);
    const stop = (): void => {
      clearTimeout(timer);
      window.removeEventListener("message", greeted);
    };
    // The frame greets each time it is loaded: also after it was reloaded, when it gets a new port.
    const greeted = (event: MessageEvent): void => {
      if (event.origin !== server || event.source !== frame.contentWindow || !isGreeting(event.data, "ready")) return;
      const channel = new MessageChannel();
      port?.close();
      port = channel.port1;
      port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
        if (data.type !== "welcome") return;
        clearTimeout(timer);
        if (desk) desk.attach(channel.port1, data.snapshot);
        else resolve((desk = new Desk(frame, channel.port1, data.snapshot, stop)));
      };
      frame.contentWindow?.postMessage({ huying: "hello", version: VERSION }, server, [channel.port2]);
    };
    window.addEventListener("message", greeted);
    options.container.append(frame);
  });
}
