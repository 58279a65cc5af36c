/** Watches over the agent's place and says what a person must know: devices that went, sleep, the check at the start of work. */
import { App } from "antd";
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useFeedState } from "@/live/LiveProvider";
import { beep } from "@/phone/attention";
import { judge } from "@/phone/check";
import type { DeviceRole } from "@/phone/devices";
import { usePhone } from "@/phone/PhoneProvider";
import { ANSWER_AFTER } from "@/phone/station";
import { awakeVerdict, watchSleep, type Awake } from "@/phone/wake";
import { holdAwake } from "@/phone/wakeLock";

const CHECK_MS = 2_500;
/** The telephone registers first; a call that rings meanwhile goes before the check. */
const CHECK_AFTER_MS = 2_500;
const SHOWN_SECONDS = 8;
const LOOK_MS = 1_000;
const CHECKED = "huying.checked";

function useLostDevices(): void {
  const { t, code } = useTexts();
  const { notification } = App.useApp();
  const { lost, status } = usePhone();
  const before = useRef<readonly DeviceRole[]>([]);
  const names = lost.map((role) => code("device_role", role)).join(", ");
  const { standIn } = status;
  const tell = useEffectEvent((words: string) => {
    notification.warning({ key: "lost-devices", title: t("device_lost.title", { devices: words }), description: t("device_lost.hint"), placement: "top", duration: 0, "data-testid": "device-lost" } as never);
  });
  useEffect(() => {
    if (lost.some((role) => !before.current.includes(role))) tell(names);
    else if (lost.length === 0 && before.current.length > 0) notification.destroy("lost-devices");
    before.current = lost;
  }, [lost, names, notification]);
  useEffect(() => {
    if (standIn) tell(t("device_role.microphone"));
  }, [standIn, t]);
}

/** After sleep the telephone, the microphone and the live view are looked at, and what is missing is said. */
function useSleep(): void {
  const { t, code } = useTexts();
  const { notification } = App.useApp();
  const { status, place, wake, prepareMicrophone } = usePhone();
  const feedOpen = useFeedState() === "open";
  const [woken, setWoken] = useState<{ readonly at: number; readonly sleptMs: number } | null>(null);
  const [microphone, setMicrophone] = useState<boolean | null>(null);
  const begin = useEffectEvent((sleptMs: number) => {
    if (place !== "here") return;
    wake();
    setWoken({ at: Date.now(), sleptMs });
    setMicrophone(null);
    prepareMicrophone().then(setMicrophone, () => setMicrophone(false));
  });
  useEffect(() => watchSleep(begin), []);
  const registered = status.registration === "registered";
  const show = useEffectEvent((verdict: Awake, sleptMs: number) => {
    const title = t("wake.title", { minutes: Math.max(1, Math.round(sleptMs / 60_000)) });
    const content = { key: "woken", title, description: code("awake", verdict), placement: "top" as const };
    if (verdict === "restored") notification.success({ ...content, duration: SHOWN_SECONDS });
    else if (verdict === "checking") notification.info({ ...content, duration: 0 });
    else notification.error({ ...content, duration: 0 });
  });
  useEffect(() => {
    if (!woken) return undefined;
    let last: Awake | null = null;
    const look = (): void => {
      const verdict = awakeVerdict({ feedOpen, registered, microphone }, Date.now() - woken.at);
      if (verdict !== last) show(verdict, woken.sleptMs);
      last = verdict;
      if (verdict === "restored") setWoken(null);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [woken, feedOpen, registered, microphone]);
}

/** Once a browser session, after work has begun here: a short silent call to the echo tells whether the network is good enough. */
function useStartCheck(): void {
  const { code, t } = useTexts();
  const { notification } = App.useApp();
  const { me, place, status, call, callEcho, devices } = usePhone();
  const ready = place === "here" && (me.agent?.signed_in ?? false) && status.registration === "registered" && call.phase === "none" && callEcho !== null;
  const run = useEffectEvent(async (signal: AbortSignal) => {
    if (!callEcho) return;
    const result = await callEcho({ microphoneId: devices.microphoneId, milliseconds: CHECK_MS, signal });
    if (signal.aborted) return;
    sessionStorage.setItem(CHECKED, "1");
    const verdict = judge(result, false);
    document.documentElement.dataset.soundCheck = verdict.state;
    if (verdict.state === "good") return;
    const description = verdict.findings.map((it) => code("check_finding", it)).join(" ");
    notification.warning({ key: "start-check", title: t("check.at_start"), description, placement: "top", duration: 0 });
  });
  useEffect(() => {
    if (!ready || sessionStorage.getItem(CHECKED)) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => void run(stop.signal), CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [ready]);
}

/** Whoever waits for calls or talks needs the computer awake; on a break it may sleep. */
function useAwake(): void {
  const { me, call } = usePhone();
  const working = (me.agent?.signed_in && me.agent.status === "ready") || call.phase !== "none";
  useEffect(() => (working ? holdAwake() : undefined), [working]);
}

/** A beep tells that a call has been answered by itself. */
function useAnsweredBeep(): void {
  const { status } = usePhone();
  const call = status.call;
  const byItself = call && call.phase === "talking" && ANSWER_AFTER in call.headers ? call.id : null;
  useEffect(() => {
    if (byItself) beep();
  }, [byItself]);
}

export function Watches(): ReactNode {
  useLostDevices();
  useSleep();
  useStartCheck();
  useAwake();
  useAnsweredBeep();
  return null;
}
