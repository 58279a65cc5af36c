import "./app/embed/storage";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { take } from "@huying/api";
import { App } from "./app/App";
import { ParentLink } from "./app/embed/parent";
import { placeOf } from "./app/embed/place";
import "./app/desk.css";
import { startTexts } from "./i18n";
import { startWorker } from "./phone/install";
import { api } from "./server/api";
import { isTelephone } from "./server/phoneHint";

/** The frame speaks to pages that its business allows: without their list it speaks to nobody. */
async function linkOf(business: string): Promise<ParentLink | null> {
  try {
    const { origins } = await take(api.GET("/public/embedding/{business}", { params: { path: { business } } }));
    const link = new ParentLink(window, origins);
    link.start();
    return link;
  } catch {
    return null;
  }
}

const root = document.getElementById("root");
if (root) {
  if (isTelephone()) void import("@huying/softphone");
  await startTexts();
  const place = placeOf(location.pathname);
  if (place.kind === "desk") startWorker();
  const link = place.kind === "frame" ? await linkOf(place.business) : null;
  createRoot(root).render(
    <StrictMode>
      <App link={link} />
    </StrictMode>,
  );
}
