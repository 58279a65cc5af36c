/** Do not disturb of one's own: as the live feed tells it, whoever turned it (here, the settings, a telephone's keypad). */
import { useQueryClient } from "@tanstack/react-query";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { readReach, saveReach } from "@/server/callOperations";
import { reachKey } from "@/server/dialling";

export interface Quiet {
  readonly on: boolean;
  readonly turn: () => void;
  readonly busy: boolean;
}

export function useQuiet(): Quiet {
  const client = useQueryClient();
  const { me } = usePhone();
  const { run, busy } = useCommand();
  const on = me.agent?.not_disturbed ?? false;
  const turn = (): void =>
    void run(async () => {
      await saveReach({ ...(await readReach()), do_not_disturb: !on });
      await client.invalidateQueries({ queryKey: reachKey(null) });
    });
  return { on, turn, busy };
}
