/** A lead who hears a colleague's call: whose, who hears him, and the ways to change that. Nothing of the call itself is in his hands. */
import { AudioOutlined, EyeOutlined, PhoneFilled, TeamOutlined } from "@ant-design/icons";
import type { MonitorRow } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { commandCall } from "@/server/desk";
import { useNames } from "@/server/names";
import { monitorCall, type MonitorMode } from "@/server/supervision";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";

const MODES: Readonly<Record<MonitorMode, ReactNode>> = { listen: <EyeOutlined />, whisper: <AudioOutlined />, join: <TeamOutlined /> };

export function Monitoring(props: { readonly contactId: string; readonly monitor: MonitorRow }): ReactNode {
  const { t, code } = useTexts();
  const names = useNames();
  const { run, busy } = useCommand();
  const { contactId, monitor } = props;
  const change = (mode: MonitorMode) => (): void => void run(() => monitorCall(contactId, mode, monitor.target_id));
  if (monitor.state !== "talking") return null;
  return (
    <div className={css.line} role="group" aria-label={t("monitor.title")} data-mode={monitor.mode} data-testid="monitoring">
      <strong className={css.asked} data-testid="monitored">
        {t("monitor.of", { name: names.agent(monitor.target_id) })}
      </strong>
      <span className={`${css.hint ?? ""} quiet`}>{code("monitor_hint", monitor.mode)}</span>
      <span className={css.buttons}>
        {(Object.keys(MODES) as MonitorMode[]).map((mode) => {
          const chosen = mode === monitor.mode;
          return <CallButton key={mode} testId={`monitor-${mode}`} label={`monitor.${mode}`} icon={MODES[mode]} look={chosen ? "on" : "plain"} wide keyed={false} pressed={chosen} busy={busy} onPress={change(mode)} />;
        })}
      </span>
      <span className={css.apart}>
        <CallButton testId="monitor-stop" label="monitor.stop" icon={<PhoneFilled rotate={225} />} look="danger" wide keyed={false} busy={busy} onPress={() => void run(() => commandCall(contactId, "hang-up"))} />
      </span>
    </div>
  );
}
