/** The keys of speed dial beside the dial field: one press calls. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import type { CallTarget } from "@/parts/targets/rank";
import { useOwnTargets } from "@/server/targets";
import css from "./Book.module.css";
import "./texts";
import { useTargetName } from "./useTargetName";

export function SpeedKeysBar(props: { readonly onDial: (target: CallTarget) => void }): ReactNode {
  const { t } = useTexts();
  const name = useTargetName();
  const keys = (useOwnTargets().data ?? []).filter((it) => it.key !== null && (it.kind === "agent" || it.kind === "number"));
  if (keys.length === 0) return null;
  return (
    <div className={css.bar} role="group" aria-label={t("book.keys")} data-testid="speed-keys">
      {[...keys]
        .sort((a, b) => (a.key ?? 0) - (b.key ?? 0))
        .map((it) => (
          <Button key={it.key} size="small" title={name(it)} onClick={() => props.onDial({ kind: it.kind, id: it.id || null, number: it.number || null, label: name(it) })}>
            <kbd>{it.key}</kbd> <span className="ellipsis">{name(it)}</span>
          </Button>
        ))}
    </div>
  );
}
