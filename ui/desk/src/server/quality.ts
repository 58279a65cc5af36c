/** How good the legs of my running call sound, as the engine counts. */
import { take } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

const EVERY_MS = 4_000;

export const useLegQuality = (contactId: string | null, enabled: boolean) =>
  useQuery({
    queryKey: ["leg-quality", contactId],
    queryFn: () => take(api.GET("/api/desk/contacts/{contact_id}/quality", { params: { path: { contact_id: contactId ?? "" } } })),
    enabled: enabled && contactId !== null,
    refetchInterval: EVERY_MS,
    retry: false,
  });
