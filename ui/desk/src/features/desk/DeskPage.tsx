/** The agent's page: the contact's notes, who it is, and the agent's own calls. */
import { useState, type ReactNode } from "react";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { usePhone } from "@/phone/PhoneProvider";
import css from "./DeskPage.module.css";
import { OwnCalls } from "./OwnCalls";
import { CustomerPanel } from "./pop/CustomerPanel";
import { ReadyPanel } from "./ReadyPanel";
import { ContactPanel } from "./wrapup/ContactPanel";

export default function DeskPage(): ReactNode {
  const { call } = usePhone();
  const [open, setOpen] = useState<string | null>(null);
  const contactId = call.contactId;
  return (
    <div className={css.page} data-testid="desk-page">
      {contactId ? (
        <>
          <ContactPanel key={contactId} contactId={contactId} />
          <CustomerPanel key={`c${contactId}`} contactId={contactId} onOpenContact={setOpen} />
        </>
      ) : (
        <ReadyPanel onOpen={setOpen} />
      )}
      <OwnCalls onOpen={setOpen} />
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </div>
  );
}
