/**
 * The live feed's connection: one socket for all topics, pinged, reconnected for ever, resumed where it broke.
 * Holds the tables; decides nothing about what the rows mean.
 */
import type { ClientMessage, Place, ServerMessage, Topic } from "@huying/api";
import { newContacts } from "./rings";
import { applyMessage, EMPTY_TABLE, type Table } from "./table";

export type FeedState = "connecting" | "open" | "broken";

export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
}

export interface FeedOptions {
  readonly open: () => SocketLike;
  readonly now?: () => number;
  /** The session is over: the server closed the socket for good. */
  readonly onSignedOut?: () => void;
  /** The server would not open the feed twice in a row, or took a topic away: the session may be over, or may do less than before. */
  readonly onRefused?: () => void;
  /** A contact has come to this agent; told before anything is drawn. */
  readonly onContact?: (contactId: string, row: unknown) => void;
}

export const PING_MS = 1500;
/** Without a pong for this long the connection counts as dead. */
export const DEAD_MS = 5000;
const RETRY_MS = [250, 500, 1000, 2000, 3000];
/** Close codes that say: not signed in (any more). */
const SIGNED_OUT = new Set([4401, 1008]);

interface Watch {
  readonly id: string;
  readonly listeners: Set<() => void>;
  table: Table;
}

export class Feed {
  state: FeedState = "connecting";
  private readonly watches = new Map<Topic, Watch>();
  private readonly stateListeners = new Set<() => void>();
  private socket: SocketLike | null = null;
  private attempts = 0;
  private heardAt = 0;
  private pinging: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;
  private opened = false;
  private nextId = 1;

  constructor(private readonly options: FeedOptions) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    this.drop();
  }

  /** Try at once, for example when the browser says that it is online again. */
  hurry(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retry);
    this.connect();
  }

  onState(listener: () => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  /** Watch a topic until the returned function is called. Watchers of one topic share one subscription. */
  watch(topic: Topic, listener: () => void): () => void {
    let watch = this.watches.get(topic);
    if (!watch) {
      watch = { id: String(this.nextId++), listeners: new Set(), table: EMPTY_TABLE };
      this.watches.set(topic, watch);
      if (this.state === "open") this.subscribe(topic, watch);
    }
    const listeners = watch.listeners;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      const current = this.watches.get(topic);
      if (listeners.size > 0 || current?.listeners !== listeners) return;
      this.watches.delete(topic);
      this.send({ type: "unsubscribe", id: current.id });
    };
  }

  table(topic: Topic): Table {
    return this.watches.get(topic)?.table ?? EMPTY_TABLE;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private become(state: FeedState): void {
    if (state === this.state) return;
    this.state = state;
    for (const listener of this.stateListeners) listener();
  }

  private connect(): void {
    const socket = this.options.open();
    this.socket = socket;
    this.heardAt = this.now();
    this.opened = false;
    clearInterval(this.pinging);
    this.pinging = setInterval(() => this.beat(socket), PING_MS);
    socket.onopen = () => {
      this.opened = true;
      this.heardAt = this.now();
      this.become("open");
      for (const [topic, watch] of this.watches) this.subscribe(topic, watch);
    };
    socket.onmessage = (event) => {
      this.heardAt = this.now();
      // Only a message shows that the feed is served: a server in trouble accepts and closes at once.
      this.attempts = 0;
      this.receive(JSON.parse(event.data) as ServerMessage);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.lost(event.code);
    };
  }

  private beat(socket: SocketLike): void {
    if (this.now() - this.heardAt > DEAD_MS) {
      this.lost(0);
      socket.close();
    } else {
      this.send({ type: "ping", at: this.now() });
    }
  }

  private lost(code: number): void {
    this.drop();
    this.become("broken");
    if (SIGNED_OUT.has(code)) this.options.onSignedOut?.();
    if (!this.opened && this.attempts % 4 === 1) this.options.onRefused?.();
    if (this.stopped) return;
    const wait = RETRY_MS[Math.min(this.attempts++, RETRY_MS.length - 1)] ?? 3000;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    clearInterval(this.pinging);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onclose = socket.onmessage = null;
    socket.close();
  }

  private send(message: ClientMessage): void {
    if (this.state === "open") this.socket?.send(JSON.stringify(message));
  }

  private subscribe(topic: Topic, watch: Watch): void {
    const after: Place | undefined = watch.table.epoch ? { epoch: watch.table.epoch, number: watch.table.number } : undefined;
    this.send({ type: "subscribe", id: watch.id, topic, ...(after ? { after } : {}) });
  }

  private receive(message: ServerMessage): void {
    // Timers of hidden pages are slowed down, messages are not: the server's question keeps the connection alive.
    if (message.type === "ping") this.send({ type: "pong" });
    if (message.type === "error" && message.error.code === "forbidden") this.taken(message.id);
    if (message.type !== "snapshot" && message.type !== "change") return;
    for (const [topic, watch] of this.watches) {
      if (watch.id !== message.id) continue;
      const { table, gap } = applyMessage(watch.table, message);
      if (gap) this.renew(topic, watch);
      else if (table !== watch.table) {
        if (topic === "me" && message.type === "change") this.tellContacts(watch.table, table);
        watch.table = table;
        for (const listener of watch.listeners) listener();
      }
    }
  }

  /** The topic is not for this person any longer: rows that stand still must not look alive. */
  private taken(id: string): void {
    const watch = [...this.watches.values()].find((it) => it.id === id);
    if (!watch || watch.table === EMPTY_TABLE) return;
    watch.table = EMPTY_TABLE;
    for (const listener of watch.listeners) listener();
    this.options.onRefused?.();
  }

  private tellContacts(before: Table, after: Table): void {
    for (const [contactId, row] of newContacts(before.rows, after.rows)) this.options.onContact?.(contactId, row);
  }

  /** Start the topic over under a new id, so that late changes of the old subscription are passed over. */
  private renew(topic: Topic, watch: Watch): void {
    this.send({ type: "unsubscribe", id: watch.id });
    const fresh: Watch = { id: String(this.nextId++), listeners: watch.listeners, table: { ...EMPTY_TABLE, rows: watch.table.rows } };
    this.watches.set(topic, fresh);
    this.subscribe(topic, fresh);
  }
}
