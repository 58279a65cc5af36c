/** A bare page around the phone, for trying it against a telephone engine. Not part of the product. */

import { createSoftphone, type PhoneEvent, type Softphone, type SoftphoneOptions } from "../src";

interface Trial {
  phone: Softphone | null;
  events: PhoneEvent[];
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
  begin(options) {
    this.phone = createSoftphone({ ...options, onEvent: (event) => this.events.push(event) });
    this.phone.start();
  },
};
