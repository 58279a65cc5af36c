/** Nobody is signed in inside the frame: the password is typed in a window of our own, and a one-time code brings the sign-in here. */
import { take } from "@huying/api";
import { Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure } from "@/parts/states";
import { api } from "@/server/api";
import { useLinked } from "./link";
import "@/parts/embed/texts";

const WINDOW = "popup,width=460,height=640";

export function FrameSignIn(props: { readonly business: string; readonly onSignedIn: () => void }): ReactNode {
  const { t } = useTexts();
  const { origin } = useLinked();
  const [error, setError] = useState<unknown>(null);
  const { onSignedIn } = props;
  useEffect(() => {
    if (!origin) return undefined;
    const heard = (event: MessageEvent<{ huying?: string; code?: string }>): void => {
      if (event.origin !== location.origin || event.data.huying !== "code" || typeof event.data.code !== "string") return;
      take(api.POST("/public/embedding/session", { body: { code: event.data.code, origin } }))
        .then(onSignedIn)
        .catch(setError);
    };
    window.addEventListener("message", heard);
    return () => window.removeEventListener("message", heard);
  }, [origin, onSignedIn]);
  const open = (): void => void window.open(`/embed/${encodeURIComponent(props.business)}/sign-in?origin=${encodeURIComponent(origin ?? "")}`, "huying-sign-in", WINDOW);
  return (
    <div className="front" data-testid="frame-sign-in" data-linked={origin !== null}>
      {error !== null && <Failure error={error} />}
      <Button type="primary" disabled={origin === null} onClick={open} data-testid="frame-sign-in-open">
        {t("embed.sign_in")}
      </Button>
      {origin === null && <span className="quiet">{t("embed.waits")}</span>}
    </div>
  );
}
