/** The frame of the desk: rail, top bar, call bar, and the page. The call bar stays whatever page is open. */
import { Skeleton } from "antd";
import { Suspense, useEffect, type ReactNode } from "react";
import { Navigate, Route, Routes, useLocation, useNavigate } from "react-router";
import { ColleagueAlerts } from "@/features/colleagues/ColleagueAlerts";
import { CallBar } from "@/features/desk/callbar/CallBar";
import { Watches } from "@/features/desk/devices/Watches";
import { WorkAlerts } from "@/features/desk/work/WorkAlerts";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useAction } from "@/parts/shortcuts";
import { SpeedKeys } from "@/parts/targets/SpeedKeys";
import { somethingUnsaved } from "@/parts/unsaved";
import { usePhone } from "@/phone/PhoneProvider";
import { useSession } from "@/server/session";
import { Banners } from "./Banners";
import { DeskPops } from "./embed/DeskPops";
import { Rail } from "./Rail";
import { SECTIONS, type Section } from "./sections";
import { TopBar } from "./TopBar";
import { UnsavedGuard } from "./UnsavedGuard";
import { useFocusBack } from "./useFocusBack";

function SectionKey(props: { readonly section: Section }): ReactNode {
  const navigate = useNavigate();
  useAction(props.section.label, () => void navigate(props.section.path), { keys: props.section.keys });
  return null;
}

/** When a call begins to ring, the agent's page comes to the front, unless something on this one is not saved: the call bar is everywhere. */
function useDeskOnRinging(): void {
  const { call } = usePhone();
  const navigate = useNavigate();
  const ringing = call.phase === "ringing";
  useEffect(() => {
    if (ringing && !somethingUnsaved()) void navigate("/desk");
  }, [ringing, navigate]);
}

export function Shell(): ReactNode {
  const { t } = useTexts();
  const session = useSession();
  const { pathname } = useLocation();
  const sections = SECTIONS.filter((it) => it.visible(session));
  const first = sections[0];
  useDeskOnRinging();
  useFocusBack();
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t("palette.skip")}
      </a>
      <Rail sections={sections} />
      <TopBar />
      <UnsavedGuard />
      <div className="calls">
        <Banners />
        {session.agent && <CallBar />}
        {session.agent && <SpeedKeys />}
        {session.agent && <Watches />}
        <ColleagueAlerts />
        {session.agent && <WorkAlerts />}
        {session.agent && <DeskPops />}
      </div>
      <main className="main" id="page" tabIndex={-1} key={pathname.split("/")[1]}>
        {sections.map((it) => (
          <SectionKey key={it.path} section={it} />
        ))}
        <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
          <Routes>
            {sections.map((it) => (
              <Route key={it.path} path={`${it.path}/*`} element={<it.page />} />
            ))}
            <Route path="*" element={first ? <Navigate to={first.path} replace /> : <Nothing title={t("app.no_section")} />} />
          </Routes>
        </Suspense>
      </main>
    </div>
  );
}
