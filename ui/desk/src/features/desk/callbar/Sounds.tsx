/** Standard recordings: one click plays one to the customer, the next stops it. */
import { SoundOutlined, StopOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Popover } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useEscape } from "@/parts/useEscape";
import { usePhone } from "@/phone/PhoneProvider";
import { commandParties, playSound, readSounds } from "@/server/callOperations";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";

const useSounds = (enabled: boolean) => useQuery({ queryKey: ["desk-sounds"], queryFn: readSounds, staleTime: 60_000, enabled });

function List(props: { readonly contactId: string; readonly onDone: () => void }): ReactNode {
  const { t, local } = useTexts();
  const { run, busy } = useCommand();
  const query = useSounds(true);
  useEscape(props.onDone);
  const play = async (id: string): Promise<void> => {
    if (await run(() => playSound(props.contactId, id))) props.onDone();
  };
  return (
    <div
      className={css.sounds}
      role="dialog"
      aria-label={t("call.play")}
    >
      <Loaded query={query} rows={3}>
        {(sounds) =>
          sounds.length === 0 ? (
            <Nothing title={t("sounds.none")} hint={t("sounds.none_hint")} />
          ) : (
            sounds.map((it, index) => (
              <button key={it.id} type="button" autoFocus={index === 0} disabled={busy} className={css.sound} onClick={() => void play(it.id)} data-testid="sound">
                <span className="grow">{local(it.name)}</span>
                <span className="quiet num">{clock(Math.max(0, ...Object.values(it.seconds)))}</span>
              </button>
            ))
          )
        }
      </Loaded>
    </div>
  );
}

export function Sounds(props: { readonly contactId: string }): ReactNode {
  const { call } = usePhone();
  const { run, busy } = useCommand();
  const [open, setOpen] = useState(false);
  if (call.contact?.playing) {
    const stop = (): void => void run(() => commandParties(props.contactId, "stop-playing"));
    return <CallButton testId="stop-playing" label="call.stop_playing" icon={<StopOutlined />} look="on" wide busy={busy} onPress={stop} />;
  }
  return (
    <Popover open={open} trigger={[]} placement="bottomLeft" arrow={false} destroyOnHidden content={<List contactId={props.contactId} onDone={() => setOpen(false)} />}>
      <span>
        <CallButton testId="play" label="call.play" icon={<SoundOutlined />} expanded={open} onPress={() => setOpen(!open)} />
      </span>
    </Popover>
  );
}
