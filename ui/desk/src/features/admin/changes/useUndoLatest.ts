/** The way back from what was just saved. */
import { useQueryClient } from "@tanstack/react-query";
import { useCommand } from "@/parts/useCommand";
import { latestChange, undoChange } from "@/server/routing";

export type Undo = () => Promise<boolean>;

/** Finds the latest change of a thing; null where there is none to be undone. */
export function useUndoLatest(): (what: string, thingId: string) => Promise<Undo | null> {
  const client = useQueryClient();
  const { run } = useCommand();
  return async (what, thingId) => {
    const change = await latestChange(what).catch(() => undefined);
    if (!change || change.thing_id !== thingId) return null;
    return async () => {
      const done = await run(() => undoChange(change.number, false));
      if (done) await client.invalidateQueries();
      return done;
    };
  };
}
