/** A bare page around the phone, for trying it against a telephone engine. Not part of the product. */

import { callEcho, createSoftphone, type PhoneEvent, type Softphone, type SoftphoneOptions } from "../src";

interface Trial {
  phone: Softphone | null;
  events: PhoneEvent[];
  readonly echo: typeof callEcho;
  begin(options: Omit<SoftphoneOptions, "onEvent">): void;
}

declare global {
  interface Window {
    trial: Trial;
  }
}

window.trial = {
  phone: null,
  events: [],
  echo: callEcho,
  begin(options) {
    this.phone = createSoftphone({ ...options, onEvent: (event) => this.events.push(event) });
    this.phone.start();
  },
};
