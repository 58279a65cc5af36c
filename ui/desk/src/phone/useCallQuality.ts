/** The sound of the running call as this browser measures it: how loud both sides are, and how good it is. */
import type { Levels, SoundStats } from "@huying/softphone";
import { qualityBetween, type Quality } from "@huying/softphone/quality";
import { useEffect, useState } from "react";
import { usePhone } from "./PhoneProvider";

const EVERY_MS = 2_000;
/** The figures are those of so many measurements back, so that one bad moment neither passes unseen nor stays. */
const WINDOW = 5;
const LEVELS_MS = 120;

export function useCallQuality(): Quality | null {
  const { stats, status } = usePhone();
  const talking = status.call?.phase === "talking" ? status.call.id : null;
  const [quality, setQuality] = useState<Quality | null>(null);
  useEffect(() => {
    if (!stats || !talking) return undefined;
    const seen: SoundStats[] = [];
    let wanted = true;
    const look = async (): Promise<void> => {
      const now = await stats();
      seen.push(now);
      if (seen.length > WINDOW) seen.shift();
      const first = seen[0];
      if (wanted && first && seen.length > 1) setQuality(qualityBetween(first, now));
    };
    const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
      setQuality(null);
    };
    // `stats` is made anew with every rendering; the call is what matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [talking]);
  return quality;
}

const SILENT: Levels = { microphone: 0, speaker: 0 };

export function useLevels(): Levels {
  const { levels, status } = usePhone();
  const talking = status.call?.phase === "talking" ? status.call.id : null;
  const [now, setNow] = useState(SILENT);
  useEffect(() => {
    if (!levels || !talking) return undefined;
    let wanted = true;
    const timer = setInterval(() => {
      void levels()
        .then((it) => wanted && setNow(it))
        .catch(() => undefined);
    }, LEVELS_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
      setNow(SILENT);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [talking]);
  return now;
}
