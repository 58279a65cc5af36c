// Notes when a call's INVITE reaches the browser's telephone, and when the customer's name has been painted on the screen of that call.
(() => {
  const Socket = window.WebSocket;
  const BEFORE_TALKING = ["ringing", "dialling"];
  window.huyingPops = [];
  let rang = null;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        // A second INVITE of the same call, such as one with the answer to a challenge, is not another ring.
        const call = typeof data === "string" && data.startsWith("INVITE") && /^Call-ID: *(.+)$/im.exec(data)?.[1];
        if (call && rang?.call !== call) rang = { call, at: performance.now(), told: false };
      });
    }
  };
  const look = () => {
    if (rang === null || rang.told) return;
    const phase = document.querySelector('[data-testid="call-bar"]')?.dataset.phase;
    const name = document.querySelector('[data-testid="contact-customer-name"]')?.textContent;
    if (!name || !BEFORE_TALKING.includes(phase)) return;
    rang.told = true;
    const { at } = rang;
    // The frame after the next one begins when this one has been painted.
    requestAnimationFrame(() => requestAnimationFrame((painted) => window.huyingPops.push({ name, phase, ms: Math.max(0, painted - at) })));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})();
