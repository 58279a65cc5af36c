/** Plays a recording with the picture of both sides: above the customer, below the agent. */
import { CaretRightOutlined, PauseOutlined } from "@ant-design/icons";
import type { RecordingView } from "@huying/api";
import { Button, Select, Skeleton } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import WaveSurfer from "wavesurfer.js";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { Failure } from "@/parts/states";
import { audioUrl, usePeaks } from "@/server/contacts";
import css from "./RecordingPlayer.module.css";

type Heard = Pick<RecordingView, "id" | "seconds">;

const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

interface Wave {
  readonly box: React.RefObject<HTMLDivElement | null>;
  readonly wave: React.RefObject<WaveSurfer | null>;
  readonly at: number;
  readonly playing: boolean;
  readonly failed: boolean;
}

function colours(): { customer: string; agent: string; cursor: string; customerPlayed: string; agentPlayed: string } {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return { customer: value("--warn"), agent: value("--accent"), cursor: value("--text"), customerPlayed: value("--quiet"), agentPlayed: value("--quiet") };
}

function useWave(recording: Heard, sides: readonly (readonly number[])[] | null): Wave {
  const box = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!box.current || !sides) return undefined;
    const paint = colours();
    const made = WaveSurfer.create({
      container: box.current,
      height: 44,
      url: audioUrl(recording.id),
      peaks: sides.map((side) => [...side]),
      duration: recording.seconds,
      cursorColor: paint.cursor,
      barWidth: 2,
      barGap: 1,
      splitChannels: [
        { waveColor: paint.customer, progressColor: paint.customerPlayed },
        { waveColor: paint.agent, progressColor: paint.agentPlayed },
      ],
    });
    made.on("timeupdate", setAt);
    made.on("play", () => setPlaying(true));
    made.on("pause", () => setPlaying(false));
    made.on("finish", () => setPlaying(false));
    made.on("error", () => setFailed(true));
    wave.current = made;
    return () => {
      wave.current = null;
      made.destroy();
    };
  }, [recording.id, recording.seconds, sides]);
  return { box, wave, at, playing, failed };
}

function usePeakSides(recordingId: string): { readonly sides: readonly (readonly number[])[] | null; readonly error: unknown } {
  const { data, error } = usePeaks(recordingId);
  const [sides, setSides] = useState<readonly (readonly number[])[] | null>(null);
  if (data && !sides) setSides([data.customer, data.agent]);
  return { sides, error };
}

export function RecordingPlayer(props: { readonly recording: Heard }): ReactNode {
  const { t } = useTexts();
  const { recording } = props;
  const { sides, error } = usePeakSides(recording.id);
  const { box, wave, at, playing, failed } = useWave(recording, sides);
  const [speed, setSpeed] = useState(1);
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
    if (step !== undefined) wave.current?.skip(step);
    else if (event.key === " ") void wave.current?.playPause();
    else return;
    event.preventDefault();
  };
  if (error) return <Failure error={error} />;
  return (
    <div className={css.player} onKeyDown={onKey} data-testid="recording-player" data-playing={playing} data-at={at.toFixed(1)} data-failed={failed}>
      <div className="row">
        <Button
          shape="circle"
          type="primary"
          icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
          onClick={() => void wave.current?.playPause()}
          data-testid="recording-play"
          aria-label={playing ? t("recording.pause") : t("recording.play")}
        />
        <span className="clock">
          {clock(at)} / {clock(recording.seconds)}
        </span>
        <span className="grow" />
        <span className={css.customer}>{t("recording.customer")}</span>
        <span className={css.agent}>{t("recording.agent")}</span>
        <Select
          size="small"
          value={speed}
          options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
          onChange={(value) => {
            setSpeed(value);
            wave.current?.setPlaybackRate(value, true);
          }}
          aria-label={t("recording.speed")}
        />
      </div>
      {!sides && <Skeleton.Node active style={{ width: "100%", height: 88 }} />}
      <div ref={box} />
      {failed && <div className="quiet">{t("recording.failed")}</div>}
    </div>
  );
}
