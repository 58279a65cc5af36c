/** The way to the desk's parts. */
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { useTexts } from "@/i18n";
import { useSession } from "@/server/session";
import type { Section } from "./sections";

export function Rail(props: { readonly sections: readonly Section[] }): ReactNode {
  const { t } = useTexts();
  const { agent } = useSession();
  return (
    <aside className="rail">
      <div className="brand">
        <img src="/huying.svg" alt="" />
        <span>{t("app.title")}</span>
      </div>
      <nav aria-label={t("app.sections")}>
        {props.sections.map((it) => (
          <NavLink key={it.path} to={it.path} title={t(it.label)} data-testid={`nav${it.path.replace("/", "-")}`}>
            {it.icon}
            <span>{t(it.label)}</span>
          </NavLink>
        ))}
      </nav>
      {agent && <div className="foot">{t("app.extension", { extension: agent.extension })}</div>}
    </aside>
  );
}
