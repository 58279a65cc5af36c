/** Administration: its parts at the left, the chosen one beside them. */
import { Skeleton } from "antd";
import { Suspense, type ReactNode } from "react";
import { Navigate, NavLink, Route, Routes } from "react-router";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useMay } from "@/server/session";
import css from "./AdminPage.module.css";
import { AREAS, type Area } from "./areas";
import "./texts";

const GROUPS: readonly Area["group"][] = ["people", "routing", "customers", "entrances", "record"];

function Areas(props: { readonly areas: readonly Area[] }): ReactNode {
  const { t } = useTexts();
  return (
    <nav className={css.areas} aria-label={t("nav.admin")}>
      {GROUPS.map((group) => {
        const areas = props.areas.filter((it) => it.group === group);
        if (areas.length === 0) return null;
        return (
          <div key={group}>
            <h2>{t(`admin_group.${group}`)}</h2>
            {areas.map((it) => (
              <NavLink key={it.path} to={`/admin/${it.path}`} data-testid={`admin-${it.path}`}>
                {t(it.label)}
              </NavLink>
            ))}
          </div>
        );
      })}
    </nav>
  );
}

export default function AdminPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const areas = AREAS.filter((it) => it.may.every(may));
  const first = areas[0];
  return (
    <div className={css.page} data-testid="admin-page">
      <Areas areas={areas} />
      <div className={css.area}>
        <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
          <Routes>
            {areas.map((it) => (
              <Route key={it.path} path={`${it.path}/*`} element={<it.page />} />
            ))}
            <Route path="*" element={first ? <Navigate to={`/admin/${first.path}`} replace /> : <Nothing title={t("app.no_section")} />} />
          </Routes>
        </Suspense>
      </div>
    </div>
  );
}
