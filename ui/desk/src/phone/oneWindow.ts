/** Only one window of the desk is the telephone: the one that holds the lock. Others can take it over. */

const LOCK = "huying-phone";
/** A lock that is free is granted well before this. */
const GRANT_MS = 600;

/** Ask for the telephone; `steal` takes it from the window that has it. Call the returned function to give it up. */
export function holdPhone(steal: boolean, onChange: (held: boolean) => void): () => void {
  // Pages that are not secure have no locks; there the telephone does not work anyway.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    onChange(true);
    return () => undefined;
  }
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  const giveUp = new AbortController();
  const elsewhere = setTimeout(() => onChange(false), GRANT_MS);
  const held = async (): Promise<void> => {
    clearTimeout(elsewhere);
    onChange(true);
    await until;
  };
  const ask = (options: LockOptions): void => {
    locks.request(LOCK, options, held).catch((reason: unknown) => {
      clearTimeout(elsewhere);
      if (giveUp.signal.aborted) return;
      // A browser that refuses locks in another company's page leaves this window alone with itself.
      const alone = reason instanceof DOMException && reason.name === "SecurityError";
      onChange(alone);
      // Another window took it over: when that one is closed, the telephone is to be here again.
      if (!alone) ask({ signal: giveUp.signal });
    });
  };
  ask(steal ? { steal: true } : { signal: giveUp.signal });
  return () => {
    clearTimeout(elsewhere);
    giveUp.abort();
    release();
  };
}
