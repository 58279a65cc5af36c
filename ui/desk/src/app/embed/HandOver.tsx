/** The window in which somebody has signed in: makes a one-time code, hands it to the frame that opened it, and closes. */
import { take } from "@huying/api";
import { Spin } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure } from "@/parts/states";
import { api } from "@/server/api";
import "@/parts/embed/texts";

export function HandOver(): ReactNode {
  const { t } = useTexts();
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const begun = useRef(false);
  const origin = new URLSearchParams(location.search).get("origin") ?? "";
  const opener = window.opener as Window | null;
  useEffect(() => {
    if (begun.current || !opener) return;
    begun.current = true;
    take(api.POST("/api/embedding/codes", { body: { origin } }))
      .then(({ code }) => {
        // To our own page in the frame and to no other, whoever opened this window.
        opener.postMessage({ huying: "code", code }, location.origin);
        setDone(true);
        window.close();
      })
      .catch(setError);
  }, [opener, origin]);
  return (
    <div className="front" data-testid="hand-over">
      {error !== null ? <Failure error={error} /> : done || !opener ? <p>{t(done ? "embed.close_window" : "embed.no_opener")}</p> : <Spin size="large" />}
    </div>
  );
}
