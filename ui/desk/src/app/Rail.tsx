/** The way to the desk's parts. */
import { Badge } from "antd";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { useTexts } from "@/i18n";
import { useSession } from "@/server/session";
import type { Section } from "./sections";

function Count(props: { readonly useCount: () => number }): ReactNode {
  const count = props.useCount();
  return <Badge count={count} overflowCount={999} size="small" data-testid="rail-count" />;
}

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
            {it.useCount && <Count useCount={it.useCount} />}
          </NavLink>
        ))}
      </nav>
      {agent && <div className="foot">{t("app.extension", { extension: agent.extension })}</div>}
    </aside>
  );
}
