/** Who calls and what is known of them: asked once when a contact rings, and again when its customer changes. */
import { useQuery } from "@tanstack/react-query";
import { screenPopOf } from "@/server/screenPop";

export { screenPopKey } from "@/server/screenPop";

export const useScreenPop = (contactId: string | null) => useQuery({ ...screenPopOf(contactId ?? ""), enabled: contactId !== null });
