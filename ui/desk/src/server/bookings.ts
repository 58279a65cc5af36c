/** Callbacks at a time: booking one, those that concern the reader, moving and cancelling. */
import { take, type BookingInput } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const bookedKey = ["booked-callbacks"] as const;
export const useBooked = () => useQuery({ queryKey: bookedKey, queryFn: () => take(api.GET("/api/desk/callbacks")), refetchInterval: 10_000 });
/** Why none can be booked about a contact; empty when one can. */
export const usePossible = (contactId: string, asked: boolean) =>
  useQuery({ queryKey: ["callback-possible", contactId], queryFn: () => take(api.GET("/api/desk/callbacks/possible", { params: { query: { contact_id: contactId } } })), enabled: asked });
export const bookCallback = (body: BookingInput): Promise<unknown> => take(api.POST("/api/desk/callbacks", { body: body as never }));
const of = (contact_id: string) => ({ path: { contact_id } });
export interface Move {
  readonly at: string;
  readonly to: "me" | "queue";
  readonly queue_id: string | null;
}
export const moveBooked = (id: string, body: Move): Promise<unknown> => take(api.PUT("/api/desk/callbacks/{contact_id}", { params: of(id), body }));
export const cancelBooked = (id: string): Promise<unknown> => take(api.POST("/api/desk/callbacks/{contact_id}/cancel", { params: of(id) }));
