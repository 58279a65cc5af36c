/** The check of microphone and network: speak for a few seconds, hear yourself as others do, and read what to do. */
import type { EchoResult } from "@huying/softphone";
import { Alert, Button, Progress } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { judge, type Verdict } from "@/phone/check";
import { usePhone } from "@/phone/PhoneProvider";

const SPEAK_MS = 5_000;
const TYPES = { good: "success", fair: "warning", bad: "error" } as const;

function Playback(props: { readonly sound: Blob; readonly speakerId: string }): ReactNode {
  const { t } = useTexts();
  const player = useRef<HTMLAudioElement>(null);
  const { sound, speakerId } = props;
  useEffect(() => {
    const element = player.current;
    if (!element) return undefined;
    const address = URL.createObjectURL(sound);
    element.src = address;
    if (speakerId && "setSinkId" in element) void element.setSinkId(speakerId).catch(() => undefined);
    void element.play().catch(() => undefined);
    return () => URL.revokeObjectURL(address);
  }, [sound, speakerId]);
  return (
    <div>
      <span className="quiet">{t("check.listen")}</span>
      <audio ref={player} controls style={{ width: "100%", height: 32 }} data-testid="check-playback" />
    </div>
  );
}

function Outcome(props: { readonly result: EchoResult; readonly verdict: Verdict; readonly speakerId: string }): ReactNode {
  const { t, code } = useTexts();
  const { result, verdict } = props;
  const quality = result.quality;
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 8 }} data-testid="check-verdict" data-state={verdict.state} data-findings={verdict.findings.join(" ")}>
      <Alert
        type={TYPES[verdict.state]}
        showIcon
        title={code("check_state", verdict.state)}
        description={verdict.findings.length > 0 ? verdict.findings.map((it) => <div key={it}>{code("check_finding", it)}</div>) : undefined}
      />
      {quality && (
        <span className="quiet num" data-testid="check-figures">
          {t("check.figures", {
            mos: quality.mos.toFixed(1),
            trip: quality.roundTripMs === null ? "–" : Math.round(quality.roundTripMs),
            jitter: Math.round(quality.jitterMs),
            loss: quality.lossPercent.toFixed(1),
          })}
          {result.path === "relay" && ` · ${t("check.relay")}`}
        </span>
      )}
      {result.sound && result.heard && <Playback sound={result.sound} speakerId={props.speakerId} />}
    </div>
  );
}

export function SoundCheck(props: { readonly speakerId: string }): ReactNode {
  const { t } = useTexts();
  const { callEcho, devices } = usePhone();
  const [level, setLevel] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<{ result: EchoResult; verdict: Verdict } | null>(null);
  const stopped = useRef<AbortController | null>(null);
  useEffect(() => () => stopped.current?.abort(), []);
  const run = async (): Promise<void> => {
    if (!callEcho) return;
    const stop = new AbortController();
    stopped.current = stop;
    setOutcome(null);
    setLevel(0);
    const result = await callEcho({ microphoneId: devices.microphoneId, milliseconds: SPEAK_MS, onLevel: setLevel, signal: stop.signal });
    if (stop.signal.aborted) return;
    setLevel(null);
    setOutcome({ result, verdict: judge(result, true) });
  };
  const running = level !== null;
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 8 }} data-testid="sound-check">
      <span className="quiet">{t(running ? "check.speak_now" : "check.hint")}</span>
      {running ? (
        <Progress percent={Math.round(level * 100)} showInfo={false} size="small" aria-label={t("sound.level")} />
      ) : (
        <Button onClick={() => void run()} disabled={!callEcho} data-testid="run-check">
          {t(outcome ? "check.again" : "check.run")}
        </Button>
      )}
      {outcome && <Outcome {...outcome} speakerId={props.speakerId} />}
    </div>
  );
}
