/** A value that follows after a pause, so that typing does not ask at every key. */
import { useEffect, useState } from "react";

export function useDebounced<T>(value: T, pauseMs = 300): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return late;
}
