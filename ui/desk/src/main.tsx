import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import "./app/desk.css";
import { startTexts } from "./i18n";
import { startWorker } from "./phone/install";
import { isTelephone } from "./server/phoneHint";

const root = document.getElementById("root");
if (root) {
  if (isTelephone()) void import("@huying/softphone");
  await startTexts();
  startWorker();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
