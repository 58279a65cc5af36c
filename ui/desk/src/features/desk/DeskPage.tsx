/** The agent's page: what is written of the contact, who it is, and beside both what else waits. Each column scrolls for itself. */
import { useDeferredValue, useState, type CSSProperties, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { usePreference } from "@/parts/preferences";
import { Splitter } from "@/parts/Splitter";
import { usePhone } from "@/phone/PhoneProvider";
import { useSession } from "@/server/session";
import css from "./DeskPage.module.css";
import { CustomerPanel } from "./pop/CustomerPanel";
import { useHeldContact } from "./pop/held";
import { ReadyPanel } from "./ReadyPanel";
import { SidePanel } from "./side/SidePanel";
import { useWork } from "./work/useWork";
import { WorkPanel } from "./work/WorkPanel";
import { ContactPanel } from "./wrapup/ContactPanel";

interface Widths {
  readonly left: number;
  readonly right: number;
}
const USUAL: Widths = { left: 320, right: 320 };

export default function DeskPage(): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const [open, setOpen] = useState<string | null>(null);
  const [widths, setWidths] = usePreference<Widths>("desk-columns", USUAL);
  // Of a call that a lead hears there is nothing for him to write.
  const calling = call.monitor ? null : call.contactId;
  const held = useHeldContact(calling, useSession().person.id);
  const { inHand } = useWork();
  // A call comes before whatever else is in hand, and gives the page back when it is over.
  const working = calling ? null : (inHand?.contact_id ?? null);
  const contactId = calling ?? working ?? held;
  // Who calls comes first; what is to be written of it may be drawn a moment later.
  const drawn = useDeferredValue(contactId);
  const style = { "--left": `${widths.left}px`, "--right": `${widths.right}px` } as CSSProperties;
  return (
    <div className={css.page} style={style} data-contact={contactId !== null} data-testid="desk-page">
      <h1 className="unseen">{t("nav.desk")}</h1>
      {contactId ? (
        <>
          <div className={css.column}>
            {working ? <WorkPanel key={working} contactId={working} /> : drawn === contactId && <ContactPanel key={contactId} contactId={contactId} />}
          </div>
          <Splitter label={t("desk.width_contact")} value={widths.left} least={260} most={520} usual={USUAL.left} onChange={(left) => setWidths({ ...widths, left })} />
          <div className={css.column}>
            <CustomerPanel key={`c${contactId}`} contactId={contactId} onOpenContact={setOpen} />
          </div>
        </>
      ) : (
        <div className={css.column}>
          <ReadyPanel onOpen={setOpen} />
        </div>
      )}
      <Splitter label={t("desk.width_side")} value={widths.right} least={260} most={560} usual={USUAL.right} right onChange={(right) => setWidths({ ...widths, right })} />
      <div className={css.column}>
        <SidePanel contactId={contactId} onOpen={setOpen} />
      </div>
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </div>
  );
}
