/** Whether calls can reach this agent, in one dot and a few words. */
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { usePhone, type Phone } from "@/phone/PhoneProvider";
import css from "./CallBar.module.css";

interface Shown {
  readonly state: "ok" | "wait" | "bad";
  readonly key: string;
}

function shown(phone: Phone): Shown {
  const { place, status, me } = phone;
  if (place === "elsewhere") return { state: "wait", key: "device.elsewhere" };
  if (place === "device") return me.agent?.reachable ? { state: "ok", key: "device.phone_ok" } : { state: "bad", key: "device.phone_unreachable" };
  if (place === "starting") return { state: "wait", key: "device.starting" };
  if (status.registration === "failed") return { state: "bad", key: "device.refused" };
  if (status.registration === "registered") return { state: "ok", key: "device.registered" };
  return status.link === "down" ? { state: "bad", key: "device.no_link" } : { state: "wait", key: "device.starting" };
}

export function DeviceState(): ReactNode {
  const { t } = useTexts();
  const { state, key } = shown(usePhone());
  return (
    <Tooltip title={`${t(key)}: ${t(`${key}_hint`)}`}>
      <span className={css.device} data-state={state} role="img" data-testid="device-state" aria-label={t(key)}>
        <i />
        <span>{t(key)}</span>
      </span>
    </Tooltip>
  );
}
