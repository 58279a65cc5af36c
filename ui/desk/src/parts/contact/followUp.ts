/** Who may close the follow-up of a contact: its owner, and who sees everybody's contacts. The server decides; this only hides the button. */
import type { FollowUp } from "@huying/api";
import { useMay, useSession } from "@/server/session";

export function useMayClose(): (followUp: FollowUp) => boolean {
  const may = useMay();
  const { id } = useSession().person;
  return (followUp) => may("desk.use") && (followUp.by === id || may("contacts.view"));
}
