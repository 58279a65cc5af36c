/** The contact's drawer, loaded when the first contact is opened. */
import type { ReactNode } from "react";
import { later } from "@/parts/later";

const Drawer = later(async () => (await import("./ContactDrawer")).ContactDrawer);

export function ContactDrawer(props: { readonly contactId: string | null; readonly onClose: () => void }): ReactNode {
  return props.contactId === null ? null : <Drawer {...props} />;
}
