/** Remembers that this browser is an agent's telephone, so that a refresh in a call loads all it needs at once. */

const STORED = "huying.telephone";

export const isTelephone = (): boolean => localStorage.getItem(STORED) === "yes";

export function rememberTelephone(is: boolean): void {
  if (is) localStorage.setItem(STORED, "yes");
  else localStorage.removeItem(STORED);
}
