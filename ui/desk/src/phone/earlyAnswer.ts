/**
 * A press of "answer" where nothing rings yet: waits for the INVITE that the feed has overtaken, and asks the server for another one
 * where it went to a page that was loaded anew meanwhile.
 */

/** How long a press is good for. */
export const ANSWER_WAIT_MS = 4000;
/** After this long the INVITE will not come: the feed is not so far ahead. */
export const OVERTAKEN_MS = 1000;

export class EarlyAnswer {
  private until = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `ask`: ask the server for a call that is answered by itself, if one still rings there and none has come. */
  constructor(
    private readonly now: () => number,
    private readonly ask: () => void,
  ) {}

  press(): void {
    this.until = this.now() + ANSWER_WAIT_MS;
    this.askLater();
  }

  /** Whether the call that rings now was answered already; true only once. */
  taken(): boolean {
    const pressed = this.now() < this.until;
    if (pressed) this.stop();
    return pressed;
  }

  stop(): void {
    this.until = 0;
    clearTimeout(this.timer);
  }

  private askLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.now() > this.until) return;
      this.ask();
      this.askLater();
    }, OVERTAKEN_MS);
  }
}
