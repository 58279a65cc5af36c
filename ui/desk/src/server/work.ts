/** Tasks, messages and other work of the desk, notes on contacts, and ready-made texts. */
import { take, type ContactNote, type DispositionChoice, type QuickNoteInput, type TaskInput } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";
import { useDeskSettings } from "./session";

const contact = (contact_id: string) => ({ path: { contact_id } });
const task = (task_id: string) => ({ path: { task_id } });

export const workKey = (contactId: string) => ["work", contactId] as const;
export const useDeskWork = (contactId: string) =>
  useQuery({ queryKey: workKey(contactId), queryFn: () => take(api.GET("/api/desk/work/{contact_id}", { params: contact(contactId) })), staleTime: 10_000 });
export const acceptWork = (id: string): Promise<unknown> => take(api.POST("/api/desk/work/{contact_id}/accept", { params: contact(id) }));
export const takeWork = (id: string): Promise<unknown> => take(api.POST("/api/desk/work/{contact_id}/take", { params: contact(id) }));
export const refuseWork = (id: string, reason = ""): Promise<unknown> => take(api.POST("/api/desk/work/{contact_id}/refuse", { params: contact(id), body: { reason } }));
export const returnWork = (id: string): Promise<unknown> => take(api.POST("/api/desk/work/{contact_id}/return", { params: contact(id) }));
export const parkWork = (id: string, until: string): Promise<unknown> => take(api.POST("/api/desk/work/{contact_id}/park", { params: contact(id), body: { until } }));

export interface ClosingInput {
  readonly disposition: string;
  readonly note: string;
  readonly follow_up: boolean | null;
}
export const finishWork = (id: string, body: ClosingInput): Promise<unknown> => take(api.POST("/api/desk/work/{contact_id}/finish", { params: contact(id), body }));

export type TaskScope = "mine" | "queues" | "given" | "all";
export const tasksKey = ["tasks"] as const;
export const useTasks = (scope: TaskScope, search: string) =>
  useQuery({
    queryKey: [...tasksKey, scope, search],
    queryFn: () => take(api.GET("/api/tasks", { params: { query: { scope, search, limit: 200 } } })),
    refetchInterval: 15_000,
  });
export const createTask = (body: TaskInput): Promise<unknown> => take(api.POST("/api/tasks", { body: body as never }));
export const changeTask = (id: string, body: TaskInput): Promise<unknown> => take(api.PUT("/api/tasks/{task_id}", { params: task(id), body: body as never }));
export const finishTask = (id: string, result = ""): Promise<unknown> => take(api.POST("/api/tasks/{task_id}/done", { params: task(id), body: { result } }));
export const cancelTask = (id: string): Promise<unknown> => take(api.POST("/api/tasks/{task_id}/cancel", { params: task(id), body: { result: "" } }));
export const snoozeTask = (id: string, until: string | null): Promise<unknown> => take(api.POST("/api/tasks/{task_id}/snooze", { params: task(id), body: { until } }));

export const notesKey = (contactId: string) => ["notes", contactId] as const;
export const useNotes = (contactId: string) =>
  useQuery({
    queryKey: notesKey(contactId),
    queryFn: async () => (await take(api.GET("/api/desk/contacts/{contact_id}/notes", { params: contact(contactId) }))).items,
    refetchInterval: 10_000,
  });
export const saveNote = (contactId: string, note_id: string, text: string, version: number): Promise<ContactNote> =>
  take(api.PUT("/api/desk/contacts/{contact_id}/notes/{note_id}", { params: { path: { contact_id: contactId, note_id } }, body: { text, version } }));
export const useOldNotes = (contactId: string) =>
  useQuery({
    queryKey: ["notes", "old", contactId],
    queryFn: async () => (await take(api.GET("/api/contacts/{contact_id}/notes", { params: contact(contactId) }))).items,
  });

export const quickNotesKey = ["quick-notes"] as const;
export const useQuickNotes = () =>
  useQuery({ queryKey: quickNotesKey, queryFn: async () => (await take(api.GET("/api/desk/quick-notes"))).items, staleTime: 60_000 });
const quick = (note_id: string) => ({ path: { note_id } });
export const saveOwnQuickNote = (id: string, body: QuickNoteInput): Promise<unknown> => take(api.PUT("/api/desk/quick-notes/{note_id}", { params: quick(id), body }));
export const removeOwnQuickNote = (id: string): Promise<unknown> => take(api.DELETE("/api/desk/quick-notes/{note_id}", { params: quick(id) }));
export const saveTeamQuickNote = (id: string, body: QuickNoteInput): Promise<unknown> => take(api.PUT("/api/quick-notes/{note_id}", { params: quick(id), body }));
export const removeTeamQuickNote = (id: string): Promise<unknown> => take(api.DELETE("/api/quick-notes/{note_id}", { params: quick(id) }));

export interface QueueAsks {
  readonly forced: boolean;
  readonly choices: readonly DispositionChoice[];
}

/** What the queue shows to close a contact with, and whether one must be given. */
export function useQueueAsks(queueId: string | null): QueueAsks {
  const { data } = useDeskSettings();
  const choices = (data?.dispositions ?? []).filter((it) => !it.queue_ids.length || !queueId || it.queue_ids.includes(queueId));
  return { forced: data?.queue_desks.find((it) => it.queue_id === queueId)?.forced ?? false, choices };
}
