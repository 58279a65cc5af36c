/** Hours: schedules, special days, closing and opening over them. */
import { take, type ClosingInput, type ImportInput, type ImportSource, type NewSchedule, type ScheduleChange, type SpecialDayInput } from "@huying/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./api";

const STATES_EVERY_MS = 20_000;

export const useSchedules = () =>
  useQuery({ queryKey: ["hours", "schedules"], queryFn: async () => (await take(api.GET("/api/schedules"))).items, refetchInterval: STATES_EVERY_MS });
export const useScheduleUses = () => useQuery({ queryKey: ["hours", "uses"], queryFn: async () => (await take(api.GET("/api/schedules/uses"))).items });
export const useClosings = () =>
  useQuery({ queryKey: ["hours", "closings"], queryFn: async () => (await take(api.GET("/api/closings"))).items, refetchInterval: STATES_EVERY_MS });
export const useSpecialDays = (year: number) =>
  useQuery({ queryKey: ["hours", "days", year], queryFn: async () => (await take(api.GET("/api/holidays", { params: { query: { year } } }))).items });
export const useCountries = () =>
  useQuery({ queryKey: ["holiday-countries"], queryFn: async () => (await take(api.GET("/api/holidays/countries"))).items, staleTime: Infinity });

/** Asks for everything about hours again: one change may bear on all of it. */
export function useRenewHours(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["hours"] });
}

const schedule = (schedule_id: string) => ({ path: { schedule_id } });

export const addSchedule = (body: NewSchedule) => take(api.POST("/api/schedules", { body }));
export const changeSchedule = (id: string, body: ScheduleChange) => take(api.PATCH("/api/schedules/{schedule_id}", { params: schedule(id), body }));
/** `at` is wall-clock time in the schedule's own zone, without a zone. */
export const stateAt = (id: string, at: string) =>
  take(api.GET("/api/schedules/{schedule_id}/state", { params: { ...schedule(id), query: { at } } }));

const day = (of: string, schedule_id: string | null) => ({ path: { day: of }, query: { schedule_id } });

export const saveDay = (of: string, scheduleId: string | null, body: SpecialDayInput) => take(api.PUT("/api/holidays/{day}", { params: day(of, scheduleId), body }));
export const removeDay = (of: string, scheduleId: string | null) => take(api.DELETE("/api/holidays/{day}", { params: day(of, scheduleId) }));
export const previewImport = (body: ImportSource) => take(api.POST("/api/holidays/preview", { body }));
export const importDays = (body: ImportInput) => take(api.POST("/api/holidays/import", { body }));
export const fileOfDays = (year: number, scheduleId: string | null, form: "csv" | "ics"): string =>
  `/api/holidays/file?${new URLSearchParams({ year: String(year), form, ...(scheduleId ? { schedule_id: scheduleId } : {}) }).toString()}`;

export const close = (body: ClosingInput) => take(api.POST("/api/closings", { body }));
export const endClosing = (closing_id: string) => take(api.DELETE("/api/closings/{closing_id}", { params: { path: { closing_id } } }));
