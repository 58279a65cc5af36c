/** How long it took from the ring in the live feed to the pop on the screen: for measuring, on the page and as an event. */
import { useEffect, useState } from "react";

/** The mark that the live feed sets when a contact comes. */
export const ringMark = (contactId: string): string => `huying:ring:${contactId}`;

export function usePopTime(contactId: string, shown: boolean): number | null {
  const [ms, setMs] = useState<number | null>(null);
  useEffect(() => {
    if (!shown) return undefined;
    const ring = performance.getEntriesByName(ringMark(contactId), "mark")[0];
    if (!ring) return undefined;
    // The next frame is the one that shows it.
    const frame = requestAnimationFrame(() => {
      const took = Math.round(performance.now() - ring.startTime);
      setMs(took);
      performance.measure(`huying:pop:${contactId}`, { start: ring.startTime, end: ring.startTime + took });
      window.dispatchEvent(new CustomEvent("huying:pop", { detail: { contactId, ms: took } }));
      performance.clearMarks(ringMark(contactId));
    });
    return () => cancelAnimationFrame(frame);
  }, [contactId, shown]);
  return ms;
}
