/** Gives the desk its telephone: one station a window, fed by the live feed, for people who are agents. */
import type { createSoftphone } from "@huying/softphone";
import type { AgentRow, PhoneSettings } from "@huying/api";
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { useFeedState, useMe, type Me } from "@/live/LiveProvider";
import { commandCall } from "@/server/desk";
import { rememberTelephone } from "@/server/phoneHint";
import { usePhoneSettings, useSession } from "@/server/session";
import { callView, type CallView } from "./callView";
import { presentDevices, readDevices, type Devices } from "./devices";
import { holdPhone } from "./oneWindow";
import { FIRST_STATUS, Station, type StationStatus } from "./station";

export interface Phone {
  readonly me: Me;
  readonly call: CallView;
  readonly status: StationStatus;
  /** `here`: this window is the telephone; `elsewhere`: another window is; `device`: the agent works with another telephone. */
  readonly place: "none" | "starting" | "here" | "elsewhere" | "device";
  readonly answer: () => void;
  readonly takeOver: () => void;
  readonly prepareMicrophone: () => Promise<boolean>;
  readonly chooseDevices: (devices: Devices) => Promise<void>;
}

const PhoneContext = createContext<Phone | null>(null);

export function usePhone(): Phone {
  const phone = use(PhoneContext);
  if (!phone) throw new Error("PhoneProvider is missing above this component");
  return phone;
}

function makeStation(settings: PhoneSettings, createPhone: typeof createSoftphone): Station {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new Station({
    createPhone: (onEvent) =>
      createPhone({
        wsUrl: `${scheme}://${location.host}${settings.ws_path}`,
        account: settings.account,
        secret: settings.secret,
        domain: settings.domain,
        iceServers: settings.ice_servers as RTCIceServer[],
        onEvent,
      }),
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

/** Uses the chosen devices; a headset that is unplugged is no reason not to work, and is used again when it is back. */
function useChosenDevices(station: Station | null): void {
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const apply = async (): Promise<void> => station?.setDevices(await presentDevices(readDevices(localStorage)));
    const changed = (): void => void apply().catch(() => undefined);
    changed();
    media?.addEventListener("devicechange", changed);
    return () => media?.removeEventListener("devicechange", changed);
  }, [station]);
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
  useChosenDevices(station);
  const status = useSyncExternalStore(station?.listen ?? nothing, station?.status ?? firstStatus);
  const call = useMemo(() => callView(me.agent, me.contacts), [me]);
  const { phase, contactId, muted } = call;
  useEffect(() => station?.follow({ phase, contactId, muted, feedOpen }), [station, phase, contactId, muted, feedOpen]);
  const place = !isAgent ? "none" : otherDevice ? "device" : held === null ? "starting" : held ? "here" : "elsewhere";
  const phone: Phone = {
    me,
    call,
    status,
    place,
    answer: () => station?.answer(),
    takeOver,
    prepareMicrophone: () => station?.prepareMicrophone() ?? Promise.resolve(false),
    chooseDevices: (devices) => station?.setDevices(devices) ?? Promise.resolve(),
  };
  return <PhoneContext value={phone}>{props.children}</PhoneContext>;
}
