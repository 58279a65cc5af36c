/** A queue's hook: an expression or an outside service that is asked how a contact is to be treated. */
import { take, type HookInput, type HookTrial } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

const queue = (queue_id: string) => ({ path: { queue_id } });

export const useHook = (id: string) => useQuery({ queryKey: ["hook", id], queryFn: () => take(api.GET("/api/queues/{queue_id}/hook", { params: queue(id) })) });
export const saveHook = (id: string, body: HookInput) => take(api.PUT("/api/queues/{queue_id}/hook", { params: queue(id), body }));
export const removeHook = (id: string) => take(api.DELETE("/api/queues/{queue_id}/hook", { params: queue(id) }));
export const tryHook = (id: string, body: HookTrial) => take(api.POST("/api/queues/{queue_id}/hook/try", { params: queue(id), body }));
