/* global HuyingDesk */
// A foreign page: loads the library from the softphone's server, embeds the softphone, and lives by its events.
const asked = new URLSearchParams(location.search);
const server = asked.get("server");
const business = asked.get("business");
const $ = (id) => document.getElementById(id);
const log = (...words) => $("log").append(`${words.join(" ")}\n`);

await new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement("script"), { src: `${server}/embed/huying-desk.js`, onload: resolve, onerror: reject });
  document.head.append(script);
});

try {
  const desk = await HuyingDesk.connect({ server, business, container: $("phone"), timeoutMs: Number(asked.get("timeout") ?? 15000) });
  log("connected");
  for (const name of ["person", "status", "ringing", "dialling", "answered", "held", "resumed", "ended", "after_call", "finished", "pop", "pop_blocked"]) {
    desk.on(name, (data) => log(name, JSON.stringify(data)));
  }
  const show = (call) => ($("who").textContent = `${call.name || "Somebody"} ${call.number} ${call.customer?.code ?? ""}`);
  desk.on("ringing", show);
  desk.on("answered", show);
  desk.on("finished", () => ($("who").textContent = "No call"));
  document.addEventListener("click", async ({ target }) => {
    const { dial, do: what, status } = target.dataset ?? {};
    try {
      if (dial) log("dialled", await desk.dial(dial));
      if (what) await desk[what]();
      if (status) await desk.setStatus(status);
    } catch (error) {
      log("refused", error.code, error.message);
    }
  });
  window.desk = desk;
} catch (error) {
  log("failed", error.code, error.message);
}
