/** How a key is called, and which keys are the browser's or the text field's own. Pure. */

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const BARE_MODIFIERS = new Set(["Control", "Meta", "Alt", "Shift", "AltGraph", "CapsLock", "Dead", "Process"]);
/** Ctrl with these belongs to the browser or to editing text, and a page is not always asked. */
const BROWSERS = new Set(["t", "w", "n", "r", "l", "f", "p", "s", "a", "c", "v", "x", "z", "y", "d", "h", "j", "o", "u", "+", "-", "=", "0", "Tab"]);
/** Keys that move, choose or leave in every page. */
const MOVING = new Set(["Tab", "Enter", "Escape", " ", "Backspace", "Delete", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]);
const FUNCTIONS_OF_BROWSER = new Set(["F5", "F11", "F12"]);

export const isFunctionKey = (key: string): boolean => /^F\d{1,2}$/.test(key);

/** "Ctrl+k", "Shift+F6", "?", "k"; empty for a modifier alone. The Mac's command key counts as Ctrl. */
export function keyName(press: Pressed): string {
  if (BARE_MODIFIERS.has(press.key)) return "";
  const ctrl = press.ctrlKey || press.metaKey;
  const printing = press.key.length === 1;
  const key = printing && (ctrl || press.altKey) ? press.key.toLowerCase() : press.key;
  return [ctrl && "Ctrl", press.altKey && "Alt", press.shiftKey && !printing && "Shift", key].filter(Boolean).join("+");
}

/** Whether the key may be used while somebody types: it writes nothing. */
export const worksWhileTyping = (name: string): boolean => /^(Ctrl\+|Alt\+)/.test(name) || isFunctionKey(name.replace("Shift+", ""));

/** Why a key cannot be given to an action: `moving`, `browser`; null when it can. */
export function refusedKey(name: string): "moving" | "browser" | null {
  const last = name.split("+").at(-1) ?? "";
  const plain = name === last || name === `Shift+${last}`;
  if (plain && MOVING.has(last)) return "moving";
  if (plain && FUNCTIONS_OF_BROWSER.has(last)) return "browser";
  if (name.startsWith("Ctrl+") && BROWSERS.has(last)) return "browser";
  return name.startsWith("Alt+") && (MOVING.has(last) || last === "F4" || last === "d") ? "browser" : null;
}
