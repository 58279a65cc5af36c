/** Customers who wait to be called back, and messages. */
import { take, type CallbackSettings } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const callbacksKey = ["callbacks"] as const;
export const useCallbacks = () => useQuery({ queryKey: callbacksKey, queryFn: () => take(api.GET("/api/callbacks")), refetchInterval: 5_000 });
export const cancelCallback = (contact_id: string): Promise<unknown> => take(api.POST("/api/callbacks/{contact_id}/cancel", { params: { path: { contact_id } } }));

export type MessageState = "new" | "heard" | "done";
export const messagesKey = ["messages"] as const;
export const useMessages = (state: readonly MessageState[]) =>
  useQuery({
    queryKey: [...messagesKey, ...state],
    queryFn: () => take(api.GET("/api/messages", { params: { query: { state: [...state] } } })),
    refetchInterval: 10_000,
  });
const of = (message_id: string) => ({ path: { message_id } });
export const takeMessage = (id: string): Promise<unknown> => take(api.POST("/api/messages/{message_id}/take", { params: of(id) }));
export const giveMessageBack = (id: string): Promise<unknown> => take(api.POST("/api/messages/{message_id}/give-back", { params: of(id) }));
export const finishMessage = (id: string, note: string): Promise<unknown> => take(api.POST("/api/messages/{message_id}/done", { params: of(id), body: { note } }));
export const reopenMessage = (id: string): Promise<unknown> => take(api.POST("/api/messages/{message_id}/reopen", { params: of(id) }));

export const callbackSettingsKey = ["callback-settings"] as const;
export const useCallbackSettings = () => useQuery({ queryKey: callbackSettingsKey, queryFn: () => take(api.GET("/api/callbacks/settings")) });
export const saveCallbackSettings = (body: CallbackSettings): Promise<unknown> => take(api.PUT("/api/callbacks/settings", { body }));
