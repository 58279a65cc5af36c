/** Colleagues: messages, notices to the staff, asking for help. What changes by itself comes with the live feed's topic `colleagues`. */
import { take, type ColleagueMessage, type HelpInput, type HelpRequest, type NewColleagueMessage, type Notice, type NoticeInput, type Room } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const useColleagues = () => useQuery({ queryKey: ["colleagues"], queryFn: () => take(api.GET("/api/colleagues/people")), staleTime: 60_000 });

const room = (room_id: string) => ({ path: { room_id } });

export const openDirect = (person: string): Promise<Room> => take(api.POST("/api/colleagues/rooms", { body: { kind: "direct", people: [person], name: "" } }));
export const makeRoom = (name: string, people: readonly string[]): Promise<Room> =>
  take(api.POST("/api/colleagues/rooms", { body: { kind: "group", people: [...people], name } }));
export const changeRoom = (id: string, change: { name?: string; add?: string[]; remove?: string[] }): Promise<Room> =>
  take(api.PATCH("/api/colleagues/rooms/{room_id}", { params: room(id), body: { add: [], remove: [], ...change } }));

export interface MessagePage {
  readonly items: readonly ColleagueMessage[];
  readonly more: boolean;
}
export const readMessages = (id: string, query: { after?: number; before?: number; limit?: number }): Promise<MessagePage> =>
  take(api.GET("/api/colleagues/rooms/{room_id}/messages", { params: { ...room(id), query } }));
export const writeMessage = (id: string, body: NewColleagueMessage): Promise<ColleagueMessage> =>
  take(api.POST("/api/colleagues/rooms/{room_id}/messages", { params: room(id), body }));
export const markRoom = (id: string, body: { delivered?: number; read?: number }): Promise<unknown> =>
  take(api.POST("/api/colleagues/rooms/{room_id}/marks", { params: room(id), body: { delivered: 0, read: 0, ...body } }));
export const eraseMessage = (message_id: string): Promise<unknown> => take(api.DELETE("/api/colleagues/messages/{message_id}", { params: { path: { message_id } } }));
export const useMessageSearch = (text: string) =>
  useQuery({
    queryKey: ["colleagues", "search", text],
    queryFn: () => take(api.GET("/api/colleagues/search", { params: { query: { text } } })),
    enabled: text.trim() !== "",
  });

export const noticesKey = ["notices"] as const;
export const useNotices = () => useQuery({ queryKey: noticesKey, queryFn: () => take(api.GET("/api/notices")), staleTime: 5_000 });
const notice = (notice_id: string) => ({ path: { notice_id } });
export const publishNotice = (body: NoticeInput): Promise<Notice> => take(api.POST("/api/notices", { body }));
export const withdrawNotice = (id: string): Promise<unknown> => take(api.POST("/api/notices/{notice_id}/withdraw", { params: notice(id) }));
export const readNotice = (id: string): Promise<unknown> => take(api.POST("/api/notices/{notice_id}/read", { params: notice(id) }));
export const confirmNotice = (id: string): Promise<unknown> => take(api.POST("/api/notices/{notice_id}/confirm", { params: notice(id) }));
export const useReaders = (id: string | null) =>
  useQuery({
    queryKey: ["notices", id, "readers"],
    queryFn: () => take(api.GET("/api/notices/{notice_id}/readers", { params: notice(id ?? "") })),
    enabled: id !== null,
    refetchInterval: 10_000,
  });

const help = (help_id: string) => ({ path: { help_id } });
export const askForHelp = (contact_id: string, body: HelpInput): Promise<HelpRequest> =>
  take(api.POST("/api/desk/contacts/{contact_id}/help", { params: { path: { contact_id } }, body }));
export const takeHelp = (id: string): Promise<unknown> => take(api.POST("/api/help/{help_id}/take", { params: help(id) }));
export const answerHelp = (id: string, text: string): Promise<unknown> => take(api.POST("/api/help/{help_id}/answer", { params: help(id), body: { text } }));
export const endHelp = (id: string): Promise<unknown> => take(api.POST("/api/help/{help_id}/end", { params: help(id) }));

export const useAudiences = (enabled = true) =>
  useQuery({ queryKey: ["colleagues", "audiences"], queryFn: () => take(api.GET("/api/colleagues/audiences")), staleTime: 60_000, enabled });

/** Come into the conversation of a colleague who asked for help. */
export const joinContact = (contact_id: string): Promise<unknown> => take(api.POST("/api/desk/contacts/{contact_id}/join", { params: { path: { contact_id } } }));
