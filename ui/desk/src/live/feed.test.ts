import type { ClientMessage, ServerMessage } from "@huying/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEAD_MS, Feed, PING_MS, type SocketLike } from "./feed";

class FakeSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  sent: ClientMessage[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }
  close(): void {
    this.closed = true;
  }
  say(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let sockets: FakeSocket[] = [];
let signedOut = 0;
let refused = 0;
const last = (): FakeSocket => sockets.at(-1) ?? expect.fail("no socket was opened");
const newFeed = (): Feed =>
  new Feed({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    onSignedOut: () => signedOut++,
    onRefused: () => refused++,
  });

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  signedOut = 0;
  refused = 0;
});
afterEach(() => vi.useRealTimers());

describe("Feed", () => {
  it("subscribes on opening and hands rows on", () => {
    const feed = newFeed();
    const heard = vi.fn();
    feed.watch("queues", heard);
    feed.start();
    last().onopen?.();
    expect(last().sent).toEqual([{ type: "subscribe", id: "1", topic: "queues" }]);
    last().say({ type: "snapshot", id: "1", epoch: "e", number: 3, rows: { q: { waiting: 1 } } });
    last().say({ type: "change", id: "1", number: 4, set: { q: { waiting: 2 } } });
    expect(heard).toHaveBeenCalledTimes(2);
    expect(feed.table("queues").rows).toEqual({ q: { waiting: 2 } });
    feed.stop();
  });

  it("comes back by itself and resumes where it broke", () => {
    const feed = newFeed();
    feed.watch("me", () => undefined);
    feed.start();
    last().onopen?.();
    last().say({ type: "snapshot", id: "1", epoch: "e", number: 3, rows: { agent: {} } });
    last().onclose?.({ code: 1006 });
    expect(feed.state).toBe("broken");
    expect(feed.table("me").rows).toEqual({ agent: {} });
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    last().onopen?.();
    expect(last().sent).toEqual([{ type: "subscribe", id: "1", topic: "me", after: { epoch: "e", number: 3 } }]);
    expect(feed.state).toBe("open");
    feed.stop();
  });

  it("pings, and gives a silent connection up", () => {
    const feed = newFeed();
    feed.start();
    last().onopen?.();
    vi.advanceTimersByTime(PING_MS);
    expect(last().sent[0]?.type).toBe("ping");
    vi.advanceTimersByTime(DEAD_MS + PING_MS);
    expect(sockets[0]?.closed).toBe(true);
    expect(sockets.length).toBeGreaterThan(1);
    feed.stop();
  });

  it("answers the server's question", () => {
    const feed = newFeed();
    feed.start();
    last().onopen?.();
    last().say({ type: "ping", at: 7 });
    expect(last().sent).toEqual([{ type: "pong" }]);
    feed.stop();
  });

  it("stays while pongs come", () => {
    const feed = newFeed();
    feed.start();
    last().onopen?.();
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(PING_MS);
      last().say({ type: "pong", at: 0 });
    }
    expect(sockets).toHaveLength(1);
    feed.stop();
  });

  it("asks for a snapshot under a new id after a gap and keeps the rows meanwhile", () => {
    const feed = newFeed();
    feed.watch("calls", () => undefined);
    feed.start();
    last().onopen?.();
    last().say({ type: "snapshot", id: "1", epoch: "e", number: 3, rows: { c: { v: 1 } } });
    last().say({ type: "change", id: "1", number: 5, set: {} });
    expect(last().sent.slice(1)).toEqual([
      { type: "unsubscribe", id: "1" },
      { type: "subscribe", id: "2", topic: "calls" },
    ]);
    expect(feed.table("calls").rows).toEqual({ c: { v: 1 } });
    feed.stop();
  });

  it("says when the session is over", () => {
    const feed = newFeed();
    feed.start();
    last().onclose?.({ code: 4401 });
    expect(signedOut).toBe(1);
    feed.stop();
  });

  it("waits longer each time when the server accepts and closes at once", () => {
    const feed = newFeed();
    feed.start();
    for (let i = 0; i < 2; i++) {
      last().onopen?.();
      last().onclose?.({ code: 4503 });
      vi.advanceTimersByTime(300);
    }
    expect(sockets.length).toBe(2);
    feed.stop();
  });

  it("wonders about the session when the feed is not opened again and again", () => {
    const feed = newFeed();
    feed.start();
    last().onclose?.({ code: 1006 });
    expect(refused).toBe(0);
    vi.advanceTimersByTime(300);
    last().onclose?.({ code: 1006 });
    expect(refused).toBe(1);
    feed.stop();
  });

  it("shows nothing, and asks who it is, when a topic is taken away", () => {
    const feed = newFeed();
    const heard = vi.fn();
    feed.watch("calls", heard);
    feed.start();
    last().onopen?.();
    last().say({ type: "snapshot", id: "1", epoch: "e", number: 3, rows: { c: {} } });
    last().say({ type: "error", id: "1", error: { code: "forbidden", message: "" } });
    last().say({ type: "error", id: "1", error: { code: "forbidden", message: "" } });
    expect(feed.table("calls").rows).toEqual({});
    expect(heard).toHaveBeenCalledTimes(2);
    expect(refused).toBe(1);
  });

  it("unsubscribes with the last watcher, also after a renewal", () => {
    const feed = newFeed();
    const leave = feed.watch("calls", () => undefined);
    feed.start();
    last().onopen?.();
    last().say({ type: "change", id: "1", number: 5, set: {} });
    leave();
    expect(last().sent.at(-1)).toEqual({ type: "unsubscribe", id: "2" });
    feed.stop();
  });
});
