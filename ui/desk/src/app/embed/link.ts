/** The one link of this page with the page around it; there is none outside a frame. */
import { createContext, use, useSyncExternalStore } from "react";
import type { Linked, ParentLink } from "./parent";

export const LinkContext = createContext<ParentLink | null>(null);
const NOTHING: Linked = { origin: null, port: null };
const never = (): (() => void) => () => undefined;
const nothing = (): Linked => NOTHING;

export function useLinked(): Linked {
  const link = use(LinkContext);
  return useSyncExternalStore(link?.listen ?? never, link?.linked ?? nothing);
}
