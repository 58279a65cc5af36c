/** Gives the desk its telephone: one station a window, fed by the live feed, for people who are agents. */
import type { createSoftphone, EchoOptions, EchoResult, Levels, SoundStats } from "@huying/softphone";
import type { AgentRow, PhoneSettings } from "@huying/api";
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { useFeedState, useMe, type Me } from "@/live/LiveProvider";
import { commandCall } from "@/server/desk";
import { rememberTelephone } from "@/server/phoneHint";
import { usePhoneSettings, useSession } from "@/server/session";
import { callView, secondCall, type CallView, type SecondCall } from "./callView";
import type { DeviceRole, Devices } from "./devices";
import { holdPhone } from "./oneWindow";
import { FIRST_STATUS, Station, type StationStatus } from "./station";
import { useChosenDevices } from "./useChosenDevices";

export interface Phone {
  readonly me: Me;
  readonly call: CallView;
  /** The other one of two calls: it rings while the agent talks, or is held. */
  readonly second: SecondCall | null;
  readonly status: StationStatus;
  /** `here`: this window is the telephone; `elsewhere`: another window is; `device`: the agent works with another telephone. */
  readonly place: "none" | "starting" | "here" | "elsewhere" | "device";
  readonly answer: () => void;
  readonly takeOver: () => void;
  readonly prepareMicrophone: () => Promise<boolean>;
  readonly chooseDevices: (devices: Devices) => Promise<void>;
  /** The devices in use: those chosen, as far as they are plugged in. */
  readonly devices: Devices;
  /** Chosen devices that were in use and have gone. */
  readonly lost: readonly DeviceRole[];
  /** A short call to the engine's echo, beside the telephone; null before the telephone's settings are known. */
  readonly callEcho: ((options: Omit<EchoOptions, "phone">) => Promise<EchoResult>) | null;
  /** Null while there is no telephone here. */
  readonly stats: (() => Promise<SoundStats>) | null;
  readonly levels: (() => Promise<Levels>) | null;
  /** The computer has slept. */
  readonly wake: () => void;
}

const PhoneContext = createContext<Phone | null>(null);

export function usePhone(): Phone {
  const phone = use(PhoneContext);
  if (!phone) throw new Error("PhoneProvider is missing above this component");
  return phone;
}

function sipOf(settings: PhoneSettings): EchoOptions["phone"] {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return {
    wsUrl: `${scheme}://${location.host}${settings.ws_path}`,
    account: settings.account,
    secret: settings.secret,
    domain: settings.domain,
    iceServers: settings.ice_servers as RTCIceServer[],
  };
}

function makeStation(settings: PhoneSettings, createPhone: typeof createSoftphone): Station {
  return new Station({
    createPhone: (onEvent) => createPhone({ ...sipOf(settings), onEvent }),
    rejoin: (contactId) => commandCall(contactId, "rejoin"),
  });
}

/** True while this window holds the telephone, false while another does, null while that is not known yet. */
function usePhoneLock(wanted: boolean): { readonly held: boolean | null; readonly takeOver: () => void } {
  const [held, setHeld] = useState<boolean | null>(null);
  const [steals, setSteals] = useState(0);
  useEffect(() => (wanted ? holdPhone(steals > 0, setHeld) : undefined), [wanted, steals]);
  return { held: wanted ? held : null, takeOver: () => setSteals((count) => count + 1) };
}

const nothing = (): (() => void) => () => undefined;
const firstStatus = (): StationStatus => FIRST_STATUS;

function useStation(settings: PhoneSettings | undefined, held: boolean): Station | null {
  const [station, setStation] = useState<Station | null>(null);
  useEffect(() => {
    if (!settings || !held) return undefined;
    let made: Station | null = null;
    let wanted = true;
    // SIP is a large part of the code, and needed by agents only.
    void import("@huying/softphone").then(({ createSoftphone: createPhone }) => {
      if (!wanted) return;
      made = makeStation(settings, createPhone);
      setStation(made);
      made.start();
    });
    return () => {
      wanted = false;
      made?.stop();
      setStation(null);
    };
  }, [settings, held]);
  return station;
}

function worksElsewhere(agent: AgentRow | null, settings: PhoneSettings | undefined): boolean {
  return Boolean(agent?.signed_in && agent.account && settings && agent.account !== settings.account);
}

export function PhoneProvider(props: { readonly children: ReactNode }): ReactNode {
  const isAgent = useSession().agent !== null;
  const me = useMe();
  const feedOpen = useFeedState() === "open" && me.loaded;
  const { data: settings } = usePhoneSettings(isAgent);
  const otherDevice = worksElsewhere(me.agent, settings);
  useEffect(() => rememberTelephone(isAgent && !otherDevice), [isAgent, otherDevice]);
  const { held, takeOver } = usePhoneLock(isAgent && !otherDevice);
  const station = useStation(settings, held === true);
  const { devices, lost, chooseDevices } = useChosenDevices(station);
  const status = useSyncExternalStore(station?.listen ?? nothing, station?.status ?? firstStatus);
  const call = useMemo(() => callView(me.agent, me.contacts), [me]);
  const second = useMemo(() => secondCall(me.agent, me.contacts), [me]);
  const { phase, contactId, muted } = call;
  const [otherId, otherPhase] = [second?.contactId, second?.phase];
  useEffect(() => {
    const other = otherId && otherPhase ? { contactId: otherId, phase: otherPhase } : null;
    station?.follow({ phase, contactId, muted, feedOpen, second: other });
  }, [station, phase, contactId, muted, feedOpen, otherId, otherPhase]);
  const place = !isAgent ? "none" : otherDevice ? "device" : held === null ? "starting" : held ? "here" : "elsewhere";
  const phone: Phone = {
    me,
    call,
    second,
    status,
    place,
    answer: () => station?.answer(),
    takeOver,
    prepareMicrophone: () => station?.prepareMicrophone() ?? Promise.resolve(false),
    chooseDevices,
    devices,
    lost,
    callEcho: settings ? async (options) => (await import("@huying/softphone")).callEcho({ ...options, phone: sipOf(settings) }) : null,
    stats: station ? () => station.stats() : null,
    levels: station ? () => station.levels() : null,
    wake: () => station?.wake(),
  };
  return <PhoneContext value={phone}>{props.children}</PhoneContext>;
}
