/** Plays what the other side says, and waits for a touch of the page where the browser demands one. */

export class Speaker {
  private readonly element: HTMLAudioElement;
  private waiting = false;

  constructor(
    element: HTMLAudioElement | undefined,
    private readonly changed: (state: "playing" | "blocked") => void,
  ) {
    this.element = element ?? document.createElement("audio");
    this.element.autoplay = true;
  }

  /** What is being heard now, for measuring. */
  get stream(): MediaStream | null {
    return this.element.srcObject instanceof MediaStream ? this.element.srcObject : null;
  }

  play(stream: MediaStream): void {
    this.element.srcObject = stream;
    this.element.play().then(
      () => this.changed("playing"),
      (error: unknown) => {
        if (error instanceof Error && error.name === "NotAllowedError") this.waitForTouch();
      },
    );
  }

  /** Hear something else from now on, if there is anything. */
  change(stream: MediaStream | null): void {
    if (stream) this.play(stream);
  }

  silence(): void {
    this.element.srcObject = null;
  }

  async useDevice(id: string): Promise<void> {
    if ("setSinkId" in this.element) await this.element.setSinkId(id);
  }

  private waitForTouch(): void {
    this.changed("blocked");
    if (this.waiting) return;
    this.waiting = true;
    const retry = () => {
      this.waiting = false;
      removeEventListener("pointerdown", retry);
      removeEventListener("keydown", retry);
      if (this.stream) this.play(this.stream);
    };
    addEventListener("pointerdown", retry);
    addEventListener("keydown", retry);
  }
}
