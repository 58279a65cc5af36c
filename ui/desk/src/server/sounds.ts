/** Standard recordings: their administration, and their sound. */
import { take, type NewStandardSound, type StandardSoundInput } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const soundsKey = ["standard-sounds"] as const;
export const useStandardSounds = () => useQuery({ queryKey: soundsKey, queryFn: async () => (await take(api.GET("/api/sounds"))).items });
export const addStandardSound = (body: NewStandardSound): Promise<unknown> => take(api.POST("/api/sounds", { body }));
export const changeStandardSound = (sound_id: string, body: StandardSoundInput): Promise<unknown> => take(api.PUT("/api/sounds/{sound_id}", { params: { path: { sound_id } }, body }));
export const soundUrl = (id: string, language: string): string => `/api/sounds/${id}/${language}/audio`;

/** Send a sound as the engine plays it (WAV, 8000 Hz, mono, 16 bits); its name. */
export const sendSound = (wav: ArrayBuffer) =>
  take(api.POST("/api/sounds/files", { body: wav as unknown as string, bodySerializer: (body) => body as unknown as BodyInit, headers: { "Content-Type": "audio/wav" } }));

/** The sentences that the centre can say by itself. */
export const usePrompts = (enabled: boolean) =>
  useQuery({ queryKey: ["prompts"], queryFn: async () => (await take(api.GET("/api/prompts", { params: { query: { limit: 500 } } }))).items, enabled, staleTime: 600_000 });
