/** The call panel: shows a Progress and passes clicks and keys on. Decides nothing. */

import { Keypad } from "./keypad";
import { icon, make } from "./parts";
import { isActive, type Progress } from "./progress";
import { clock, text, type Language, type TextKey } from "./texts";

export interface PanelCommands {
  begin(): void;
  hangUp(): void;
  press(key: string): void;
  toggleMute(): void;
  levels(): Promise<{ microphone: number; speaker: number }>;
}

const REFRESH_MILLISECONDS = 150;
const KEYS_REMEMBERED = 12;

export class Panel {
  readonly element: HTMLElement;
  private readonly title = make("h2");
  private readonly closeButton = make("button", { type: "button", class: "close", "data-testid": "call-close" }, icon("close"));
  private readonly state = make("p", { class: "state", role: "status", "aria-live": "polite", "data-testid": "call-state" });
  private readonly timer = make("p", { class: "timer", role: "timer", "data-testid": "call-timer" });
  private readonly notice = make("p", { class: "notice", role: "status", "data-testid": "call-notice" });
  private readonly article = make("a", { class: "article", target: "_blank", rel: "noopener noreferrer", "data-testid": "call-article" });
  private readonly problem = make("p", { class: "problem", role: "alert", "data-testid": "call-problem" });
  private readonly youLabel = make("span");
  private readonly themLabel = make("span");
  private readonly you = make("i");
  private readonly them = make("i");
  private readonly meters: HTMLElement;
  private readonly keypad: Keypad;
  private readonly hint = make("p", { class: "hint", "aria-live": "off" });
  private readonly muteButton = make("button", { type: "button", class: "mute", "data-testid": "mute" });
  private readonly hangUpButton = make("button", { type: "button", class: "hang-up", "data-testid": "hang-up" });
  private readonly againButton = make("button", { type: "button", class: "again", "data-testid": "call-again" });
  private pressed = "";
  private drawing: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly commands: PanelCommands,
    private language: Language,
    private progress: Progress,
    /** Where the centre is. */
    private readonly origin: string,
  ) {
    this.keypad = new Keypad((key) => this.press(key));
    const meter = (bar: HTMLElement) => make("div", { class: "meter" }, bar);
    this.meters = make("div", { class: "meters", role: "img" }, this.themLabel, meter(this.them), this.youLabel, meter(this.you));
    const face = make(
      "div",
      { class: "face" },
      make("div", { class: "disc" }, icon("phone")),
      this.state,
      this.timer,
      this.notice,
      this.article,
      this.problem,
    );
    const actions = make("div", { class: "actions" }, this.muteButton, this.hangUpButton, this.againButton);
    const header = make("header", {}, this.title, this.closeButton);
    this.element = make(
      "section",
      { class: "panel", role: "dialog" },
      header,
      face,
      this.meters,
      this.keypad.element,
      this.hint,
      actions,
    );
    this.element.hidden = true;
    this.listen();
    this.show(progress);
  }

  open(): void {
    this.element.hidden = false;
    (isActive(this.progress) ? this.hangUpButton : this.closeButton).focus();
  }

  translate(language: Language): void {
    this.language = language;
    this.show(this.progress);
  }

  show(progress: Progress): void {
    if (progress.stage === "asking") this.pressed = "";
    this.progress = progress;
    const { stage, detail, problem } = progress;
    const active = isActive(progress);
    this.element.dataset.state = stage;
    this.state.dataset.state = stage;
    this.state.dataset.detail = detail;
    this.state.dataset.place = String(progress.place);
    this.state.textContent = stage === "failed" ? this.say("ended") : this.sentence();
    this.state.hidden = stage === "failed" || stage === "idle";
    this.problem.hidden = problem === null;
    this.problem.textContent = problem ? this.say(`problem.${problem}`) : "";
    this.problem.dataset.problem = problem ?? "";
    this.showNotice();
    this.showArticle();
    this.keypad.enable(active && progress.establishedAt !== null);
    this.keypad.element.hidden = this.hint.hidden = this.meters.hidden = !active;
    this.muteButton.hidden = this.hangUpButton.hidden = !active;
    this.againButton.hidden = active;
    this.muteButton.disabled = progress.establishedAt === null;
    this.closeButton.disabled = active;
    this.label();
    this.draw();
    this.keepDrawing(active);
  }

  private say(key: TextKey, values?: Record<string, string | number>): string {
    return text(this.language, key, values);
  }

  private sentence(): string {
    const { stage, detail, place } = this.progress;
    if (stage === "asking") return this.say("microphoneAsking");
    if (stage === "connecting" || stage === "menu") return this.say(stage);
    if (stage === "waiting" && detail === "ringing") return this.say("ringing");
    if (stage === "waiting" && detail === "rejoining") return this.say("rejoining");
    if (stage === "waiting") return place > 0 ? this.say("waitingPlace", { place }) : this.say("waiting");
    if (stage === "talking") return this.say(detail === "holding" ? "holding" : "talking");
    if (detail === "by-self") return this.say("endedBySelf");
    return this.say(detail === "lost" ? "endedLost" : "ended");
  }

  private showNotice(): void {
    const { soundBlocked, linkDown, establishedAt } = this.progress;
    const key = soundBlocked ? "soundBlocked" : linkDown && establishedAt !== null ? "linkDown" : null;
    this.notice.hidden = key === null;
    this.notice.textContent = key ? this.say(key) : "";
  }

  private showArticle(): void {
    const { article } = this.progress;
    this.article.hidden = article === "";
    this.article.textContent = article ? this.say("article") : "";
    const href = article ? new URL(article, this.origin).href : "";
    if (this.article.getAttribute("href") !== href) this.article.setAttribute("href", href);
  }

  private label(): void {
    const { muted } = this.progress;
    this.element.setAttribute("aria-label", this.say("title"));
    this.title.textContent = this.say("title");
    this.closeButton.setAttribute("aria-label", this.say("close"));
    this.meters.setAttribute("aria-label", this.say("volume"));
    this.timer.setAttribute("aria-label", this.say("timer"));
    this.youLabel.textContent = this.say("you");
    this.themLabel.textContent = this.say("agent");
    this.keypad.translate(this.language);
    this.hint.textContent = this.pressed || this.say("keyboardHint");
    this.hint.classList.toggle("pressed", this.pressed !== "");
    this.muteButton.replaceChildren(icon(muted ? "microphoneOff" : "microphone"), this.say(muted ? "unmute" : "mute"));
    this.muteButton.setAttribute("aria-pressed", String(muted));
    this.hangUpButton.replaceChildren(icon("hangUp"), this.say("hangUp"));
    this.againButton.replaceChildren(icon("phone"), this.say("again"));
  }

  private listen(): void {
    this.closeButton.addEventListener("click", () => (this.element.hidden = true));
    this.hangUpButton.addEventListener("click", () => this.commands.hangUp());
    this.againButton.addEventListener("click", () => this.commands.begin());
    this.muteButton.addEventListener("click", () => this.commands.toggleMute());
    addEventListener("keydown", (event) => {
      if (!this.element.hidden && this.keypad.type(event)) event.preventDefault();
      if (event.key === "Escape" && !isActive(this.progress)) this.element.hidden = true;
    });
  }

  private press(key: string): void {
    this.pressed = (this.pressed + key).slice(-KEYS_REMEMBERED);
    this.label();
    this.commands.press(key);
  }

  private keepDrawing(active: boolean): void {
    if (active) {
      this.drawing ??= setInterval(() => this.draw(), REFRESH_MILLISECONDS);
      return;
    }
    clearInterval(this.drawing);
    this.drawing = undefined;
  }

  private draw(): void {
    const { establishedAt, endedAt } = this.progress;
    const time = establishedAt === null ? "" : clock((endedAt ?? Date.now()) - establishedAt);
    this.timer.textContent = endedAt !== null && time ? this.say("lasted", { time }) : time;
    if (!isActive(this.progress)) return;
    void this.commands.levels().then(({ microphone, speaker }) => {
      this.you.style.transform = `scaleX(${microphone.toFixed(2)})`;
      this.them.style.transform = `scaleX(${speaker.toFixed(2)})`;
    });
  }
}
