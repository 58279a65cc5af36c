/** What is wrong right now and what to do: the feed, the microphone, the sound, another window. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useFeedState } from "@/live/LiveProvider";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";

function Banner(props: { readonly bad?: boolean; readonly testId: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={props.bad ? "banner bad" : "banner"} role="status" data-testid={props.testId}>
      {props.children}
    </div>
  );
}

function PhoneBanners(): ReactNode {
  const { t, code } = useTexts();
  const { status, place, takeOver, prepareMicrophone, call } = usePhone();
  if (place === "elsewhere") {
    return (
      <Banner testId="banner-elsewhere">
        {t("phone.elsewhere")}
        <Button size="small" onClick={takeOver} data-testid="take-over">
          {t("phone.take_over")}
        </Button>
      </Banner>
    );
  }
  if (place !== "here") return null;
  const problem = status.microphone === "ready" || status.microphone === "unknown" ? null : status.microphone;
  return (
    <>
      {problem && (
        <Banner bad testId="banner-microphone">
          {code("microphone", problem)}
          <Button size="small" onClick={() => void prepareMicrophone()}>
            {t("common.retry")}
          </Button>
        </Banner>
      )}
      {status.soundBlocked && <Banner testId="banner-sound">{t("phone.sound_blocked")}</Banner>}
      {inConversation(call.phase) && (status.media === "interrupted" || status.media === "failed") && (
        <Banner bad testId="banner-media">
          {t("phone.media_interrupted")}
        </Banner>
      )}
    </>
  );
}

export function Banners(): ReactNode {
  const { t } = useTexts();
  const feed = useFeedState();
  return (
    <>
      {feed === "broken" && (
        <Banner bad testId="banner-feed">
          <span className="pulse">●</span> {t("app.reconnecting")}
        </Banner>
      )}
      <PhoneBanners />
    </>
  );
}
