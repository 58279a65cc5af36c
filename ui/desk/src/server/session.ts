/** Who is signed in: asks, signs in, signs out. */
import { ApiError, take, type Session } from "@huying/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import { api } from "./api";
import { rememberTelephone } from "./phoneHint";

const SESSION_KEY = ["session"];

/** The session's own cookie cannot be read here; its companion says whether there is one. */
export const mayBeSignedIn = (): boolean => /huying_(embed_)?csrf=/.test(document.cookie);

async function fetchSession(): Promise<Session | null> {
  if (!mayBeSignedIn()) return null;
  try {
    return await take(api.GET("/api/session"));
  } catch (reason) {
    if (reason instanceof ApiError && reason.status === 401) return null;
    throw reason;
  }
}

export const useSessionQuery = () => useQuery({ queryKey: SESSION_KEY, queryFn: fetchSession, staleTime: Infinity });

export interface SessionActions {
  readonly signIn: (login: string, password: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly forget: () => void;
}

export function useSessionActions(): SessionActions {
  const client = useQueryClient();
  const forget = (): void => {
    rememberTelephone(false);
    client.removeQueries({ predicate: (it) => it.queryKey[0] !== SESSION_KEY[0] });
    client.setQueryData(SESSION_KEY, null);
  };
  return {
    forget,
    signIn: async (login, password) => {
      const session = await take(api.POST("/api/session", { body: { login, password } }));
      client.setQueryData(SESSION_KEY, session);
    },
    signOut: async () => {
      await take(api.DELETE("/api/session"));
      forget();
    },
  };
}

export const SessionContext = createContext<Session | null>(null);

/** The session of the person in front of the desk; only below the log-in. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("nobody is signed in above this component");
  return session;
}

export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession().person;
  return (permission) => permissions.includes(permission);
}

/** Without its telephone an agent is of no use, so this is asked until it is answered. */
const worthAnotherTry = (_: number, error: Error): boolean => !(error instanceof ApiError && error.status >= 400 && error.status < 500);

export const usePhoneSettings = (enabled: boolean) =>
  useQuery({ queryKey: ["phone"], queryFn: () => take(api.GET("/api/phone")), enabled, staleTime: Infinity, retry: worthAnotherTry });

/** How a desk phone registers as my device. */
export const useDeskPhone = (enabled: boolean) =>
  useQuery({ queryKey: ["desk-phone"], queryFn: () => take(api.GET("/api/phone/desk-phone")), enabled, staleTime: Infinity });

export function useDeskSettings() {
  const enabled = useMay()("desk.use");
  return useQuery({ queryKey: ["desk-settings"], queryFn: () => take(api.GET("/api/desk/settings")), staleTime: 60_000, enabled });
}
