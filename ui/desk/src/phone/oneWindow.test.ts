import { afterEach, expect, it, vi } from "vitest";
import { holdPhone } from "./oneWindow";

interface Waiting {
  readonly grant: () => Promise<void>;
  readonly refuse: (reason: DOMException) => void;
}

/** The browser's locks as far as one lock goes. */
class FakeLocks {
  private readonly waiting: Waiting[] = [];
  private holder: Waiting | null = null;

  request(_: string, options: LockOptions, held: () => Promise<void>): Promise<void> {
    return new Promise((resolve, refuse) => {
      const one: Waiting = { grant: () => held().then(resolve), refuse };
      options.signal?.addEventListener("abort", () => refuse(new DOMException("given up", "AbortError")));
      if (options.steal) {
        this.holder?.refuse(new DOMException("stolen", "AbortError"));
        this.hand(one);
      } else {
        this.waiting.push(one);
        if (!this.holder) this.hand(this.waiting.shift());
      }
    });
  }

  private hand(one: Waiting | undefined): void {
    this.holder = one ?? null;
    void one?.grant().then(() => {
      if (this.holder === one) this.hand(this.waiting.shift());
    });
  }
}

afterEach(() => vi.unstubAllGlobals());

it("is here again when the window that took it over is closed", async () => {
  vi.stubGlobal("navigator", { locks: new FakeLocks() });
  const told: string[] = [];
  const close = holdPhone(false, (held) => told.push(`first ${String(held)}`));
  await vi.waitFor(() => expect(told).toEqual(["first true"]));
  const closeOther = holdPhone(true, (held) => told.push(`other ${String(held)}`));
  await vi.waitFor(() => expect(told).toContain("first false"));
  closeOther();
  await vi.waitFor(() => expect(told.at(-1)).toBe("first true"));
  close();
});
