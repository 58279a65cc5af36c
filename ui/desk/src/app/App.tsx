/** The desk from the outside in: language, colours, server, session, routes. */
import { EllipsisOutlined } from "@ant-design/icons";
import { ApiError } from "@huying/api";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, Spin } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { changeLanguage, isLanguage, languageIsChosen, useTexts } from "@/i18n";
import { LiveProvider } from "@/live/LiveProvider";
import { later } from "@/parts/later";
import { PreferencesOf } from "@/parts/preferences";
import { Failure } from "@/parts/states";
import { ShortcutProvider } from "@/parts/shortcuts";
import { SlotsProvider } from "@/parts/slots";
import { PhoneProvider } from "@/phone/PhoneProvider";
import { onSignedOut } from "@/server/api";
import { isTelephone } from "@/server/phoneHint";
import { mayBeSignedIn, SessionContext, usePhoneSettings, useSessionActions, useSessionQuery } from "@/server/session";
import { ModeOfPerson, ModeProvider, useMode } from "./mode";
import { Appearance } from "./Appearance";
import { Broken } from "./Broken";
import { LinkContext } from "./embed/link";
import type { ParentLink } from "./embed/parent";
import { placeOf } from "./embed/place";
import { Shell } from "./Shell";
import { SLOTS } from "./slots";
import { antdThemeOf } from "./theme";

const FrameSignIn = later(async () => (await import("./embed/FrameSignIn")).FrameSignIn);
const HandOver = later(async () => (await import("./embed/HandOver")).HandOver);
const EmbedDesk = later(async () => (await import("./embed/EmbedDesk")).EmbedDesk);
const LoginPage = later(async () => (await import("@/features/session/LoginPage")).LoginPage);

const place = placeOf(location.pathname);

function newQueryClient(): QueryClient {
  const retry = (failures: number, error: unknown): boolean => !(error instanceof ApiError && error.status >= 400 && error.status < 500) && failures < 3;
  // An error shows after about two seconds.
  const retryDelay = (failures: number): number => 300 * 2 ** failures;
  return new QueryClient({ defaultOptions: { queries: { retry, retryDelay, refetchOnWindowFocus: false, staleTime: 5_000 } } });
}

function SignedInOrNot(): ReactNode {
  const query = useSessionQuery();
  const { forget } = useSessionActions();
  const session = query.data;
  const { refetch } = query;
  const again = useCallback(() => void refetch(), [refetch]);
  // Asked for together with the session: a refresh in the middle of a call has no time to lose.
  usePhoneSettings(isTelephone() && mayBeSignedIn());
  useEffect(() => onSignedOut(forget));
  useEffect(() => {
    if (session && isLanguage(session.person.language) && !languageIsChosen()) void changeLanguage(session.person.language, false);
  }, [session]);
  if (session === undefined) {
    return <div className="front">{query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Spin size="large" />}</div>;
  }
  if (!session) return place.kind === "frame" ? <FrameSignIn business={place.business} onSignedIn={again} /> : <LoginPage appearance={<Appearance />} />;
  if (place.kind === "window") return <HandOver />;
  return (
    <SessionContext value={session}>
      <PreferencesOf key={session.person.id} person={session.person.id}>
        <ModeOfPerson />
        <LiveProvider onSignedOut={forget} onRefused={() => void query.refetch()}>
          <PhoneProvider>
            <ShortcutProvider>
              <SlotsProvider slots={SLOTS}>{place.kind === "frame" ? <EmbedDesk /> : <Shell />}</SlotsProvider>
            </ShortcutProvider>
          </PhoneProvider>
        </LiveProvider>
      </PreferencesOf>
    </SessionContext>
  );
}

function Dressed(): ReactNode {
  const { mode } = useMode();
  const { t, language } = useTexts();
  return (
    <ConfigProvider theme={antdThemeOf(mode)} locale={language === "en" ? enUS : zhCN} componentSize="middle" button={{ autoInsertSpace: false }} tabs={{ moreIcon: <EllipsisOutlined aria-label={t("common.more")} /> }}>
      <AntApp component={false}>
        <SignedInOrNot />
      </AntApp>
    </ConfigProvider>
  );
}

/** One route for all: the sections know their own. A data router, because only that can hold a navigation back (`UnsavedGuard`). */
const router = createBrowserRouter([{ path: "*", Component: Dressed, ErrorBoundary: Broken }]);

export function App(props: { readonly link: ParentLink | null }): ReactNode {
  const [client] = useState(newQueryClient);
  return (
    <ModeProvider>
      <QueryClientProvider client={client}>
        <LinkContext value={props.link}>
          <RouterProvider router={router} />
        </LinkContext>
      </QueryClientProvider>
    </ModeProvider>
  );
}
