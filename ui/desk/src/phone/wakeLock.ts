/** Keeps the screen, and so the computer, awake while calls may come or go on; given up by itself when the page is hidden. */

export function holdAwake(): () => void {
  let wanted = true;
  let lock: WakeLockSentinel | null = null;
  const take = async (): Promise<void> => {
    const source = (navigator as { wakeLock?: WakeLock }).wakeLock;
    if (!source || document.visibilityState !== "visible") return;
    const taken = await source.request("screen").catch(() => null);
    if (wanted) lock = taken;
    else void taken?.release();
  };
  const again = (): void => void take();
  again();
  document.addEventListener("visibilitychange", again);
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", again);
    void lock?.release().catch(() => undefined);
  };
}
