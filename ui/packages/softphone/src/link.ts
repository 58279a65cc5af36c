/** Finds out that a link is dead although the browser calls it open, by asking now and then. */

export interface Link {
  /** Whether any answer came in time. */
  linkAnswers(withinMilliseconds: number): Promise<boolean>;
  abandonLink(reason: string): void;
}

const ASK_EVERY_MILLISECONDS = 8_000;
const ANSWER_WITHIN_MILLISECONDS = 3_000;

export class LinkWatch {
  private timer: ReturnType<typeof setInterval> | undefined;
  private asking = false;

  constructor(
    private readonly link: Link,
    private readonly isUp: () => boolean,
  ) {}

  start(): void {
    this.timer ??= setInterval(this.askNow, ASK_EVERY_MILLISECONDS);
    addEventListener("online", this.askNow);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    removeEventListener("online", this.askNow);
  }

  /** Ask now; a link that does not answer is given up, and a new one is tried. */
  async check(): Promise<void> {
    if (this.asking || !this.isUp()) return;
    this.asking = true;
    const alive = await this.link.linkAnswers(ANSWER_WITHIN_MILLISECONDS);
    this.asking = false;
    if (!alive && this.isUp()) this.link.abandonLink("no answer");
  }

  private readonly askNow = () => void this.check();
}
