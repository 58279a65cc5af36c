/** The twelve keys of a telephone, for fingers and for the keyboard. */

import { make } from "./parts";
import { text, type Language } from "./texts";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;
const NAMES: Readonly<Record<string, string>> = { "*": "star", "#": "hash" };
const FLASH_MILLISECONDS = 140;

export class Keypad {
  readonly element = make("div", { class: "keys", role: "group" });
  private readonly buttons = new Map<string, HTMLButtonElement>();

  constructor(private readonly pressed: (key: string) => void) {
    for (const key of KEYS) {
      const button = make("button", { type: "button", "data-testid": `key-${NAMES[key] ?? key}` }, key);
      button.addEventListener("click", () => this.pressed(key));
      this.buttons.set(key, button);
    }
    this.element.append(...this.buttons.values());
  }

  translate(language: Language): void {
    this.element.setAttribute("aria-label", text(language, "keypad"));
    for (const [key, button] of this.buttons) button.setAttribute("aria-label", text(language, "key", { key }));
  }

  enable(enabled: boolean): void {
    for (const button of this.buttons.values()) button.disabled = !enabled;
  }

  /** Take a key of the keyboard. True when it was one of ours. */
  type(event: KeyboardEvent): boolean {
    const button = this.buttons.get(event.key);
    if (!button || button.disabled || event.repeat || event.ctrlKey || event.metaKey || event.altKey || writesText(event))
      return false;
    button.classList.add("down");
    setTimeout(() => button.classList.remove("down"), FLASH_MILLISECONDS);
    this.pressed(event.key);
    return true;
  }
}

function writesText(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
