/** The keys of speed dial, wherever one is: q and a digit calls what is on that key. */
import type { OwnTarget } from "@huying/api";
import type { ReactNode } from "react";
import { useAction } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { dialTarget, useOwnTargets } from "@/server/targets";

const canBeCalled = (target: OwnTarget): boolean => target.kind === "agent" || target.kind === "number";

function SpeedKey(props: { readonly keys: string; readonly target: OwnTarget }): ReactNode {
  const { run } = useCommand();
  useAction("call.speed_dial", () => void run((knowing) => dialTarget(props.target, knowing)), { keys: props.keys, values: { name: props.target.label } });
  return null;
}

export function SpeedKeys(): ReactNode {
  const own = (useOwnTargets().data ?? []).filter(canBeCalled);
  return own.map((it) => it.key !== null && <SpeedKey key={it.key} keys={`q ${it.key}`} target={it} />);
}
