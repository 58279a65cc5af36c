/** The keys of speed dial, wherever one is: s and a digit calls what is on that key. */
import type { OwnTarget } from "@huying/api";
import type { ReactNode } from "react";
import { useShortcut } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { dialTarget, useOwnTargets } from "@/server/targets";

const canBeCalled = (target: OwnTarget): boolean => target.kind === "agent" || target.kind === "number";

function SpeedKey(props: { readonly keys: string; readonly label: string; readonly target: OwnTarget }): ReactNode {
  const { run } = useCommand();
  useShortcut(props.keys, props.label, () => void run((knowing) => dialTarget(props.target, knowing)));
  return null;
}

export function SpeedKeys(): ReactNode {
  const own = (useOwnTargets().data ?? []).filter(canBeCalled);
  return own.map((it) => it.key !== null && <SpeedKey key={it.key} keys={`s ${it.key}`} label="call.speed_dial" target={it} />);
}
