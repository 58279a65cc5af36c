/** The panel in which a visitor asks to be called back. Knows no call: only a queue, a number, and what the centre answers. */

import type { CallbackAnswer, CallbackQueue, PublicApi } from "./api";
import { icon, make } from "./parts";
import { text, type Language, type TextKey } from "./texts";

const SENTENCES: Record<CallbackAnswer, TextKey> = {
  done: "backDone",
  booked: "backBooked",
  passed: "backPassed",
  far: "backFar",
  closed: "backClosed",
  "not-allowed": "backNotAllowed",
  already: "backAlready",
  "too-many": "backTooMany",
  failed: "backFailed",
};

export class CallbackPanel {
  readonly element: HTMLElement;
  private readonly title = make("h2");
  private readonly closeButton = make("button", { type: "button", class: "close", "data-testid": "back-close" }, icon("close"));
  private readonly labels = { about: make("span"), number: make("span"), name: make("span"), when: make("span") };
  private readonly about = make("select", { "data-testid": "back-about" });
  private readonly number = make("input", { type: "tel", autocomplete: "tel", required: "", minlength: "3", maxlength: "40", "data-testid": "back-number" });
  private readonly name = make("input", { type: "text", autocomplete: "name", maxlength: "100" });
  private readonly when = make("input", { type: "datetime-local", "data-testid": "back-when" });
  private readonly button = make("button", { type: "submit", class: "again", "data-testid": "back-ask" });
  private readonly answer = make("p", { class: "notice", role: "status", "data-testid": "back-answer" });
  private readonly form: HTMLFormElement;
  private answered: CallbackAnswer | null = null;

  constructor(
    private readonly api: PublicApi,
    private readonly entry: string,
    private readonly queues: readonly CallbackQueue[],
    private language: Language,
  ) {
    const field = (label: HTMLElement, input: HTMLElement): HTMLElement => make("label", {}, label, input);
    this.form = make(
      "form",
      { class: "ask" },
      field(this.labels.about, this.about),
      field(this.labels.number, this.number),
      field(this.labels.name, this.name),
      field(this.labels.when, this.when),
      this.button,
    );
    this.element = make("section", { class: "panel", role: "dialog" }, make("header", {}, this.title, this.closeButton), this.form, this.answer);
    this.element.hidden = true;
    this.closeButton.addEventListener("click", () => (this.element.hidden = true));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask();
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.element.hidden = true;
    });
    this.translate(language);
  }

  open(): void {
    this.answered = null;
    this.element.hidden = false;
    this.show();
    this.number.focus();
  }

  translate(language: Language): void {
    this.language = language;
    const say = (key: TextKey): string => text(language, key);
    const chosen = this.about.value;
    this.about.replaceChildren(...this.queues.map((it) => make("option", { value: it.id }, it.name[language] ?? Object.values(it.name)[0] ?? "")));
    if (chosen) this.about.value = chosen;
    this.title.textContent = say("backTitle");
    this.element.setAttribute("aria-label", say("backTitle"));
    this.closeButton.setAttribute("aria-label", say("close"));
    this.labels.about.textContent = say("backAbout");
    this.labels.number.textContent = say("backNumber");
    this.labels.name.textContent = say("backName");
    this.labels.when.textContent = say("backWhen");
    this.button.replaceChildren(icon("phone"), say("backAsk"));
    this.show();
  }

  private show(): void {
    this.answer.hidden = this.answered === null;
    this.answer.textContent = this.answered ? text(this.language, SENTENCES[this.answered]) : "";
    this.answer.dataset.answer = this.answered ?? "";
    this.form.hidden = this.answered === "done" || this.answered === "booked" || this.answered === "already";
  }

  private async ask(): Promise<void> {
    this.button.disabled = true;
    const { entry, language } = this;
    // The field shows the visitor's own clock.
    const at = this.when.value ? new Date(this.when.value).toISOString() : null;
    this.answered = await this.api.askForCallback({ entry, queue_id: this.about.value, number: this.number.value.trim(), name: this.name.value.trim(), language, at });
    this.button.disabled = false;
    this.show();
  }
}
