/** Whom one can call: colleagues as they are now, the entries of company, team and one's own, and the keys of speed dial. */
import { Segmented } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { SearchBox } from "@/parts/SearchBox";
import { useDebounced } from "@/parts/useDebounced";
import { useMay } from "@/server/session";
import { Colleagues } from "./Colleagues";
import { CompanyTools } from "./CompanyTools";
import { Entries } from "./Entries";
import { SpeedDial } from "./SpeedDial";
import "./texts";

const TABS = ["colleagues", "company", "team", "own", "mine"] as const;
type Tab = (typeof TABS)[number];

export default function BookPage(): ReactNode {
  const { t, code } = useTexts();
  const may = useMay();
  const [tab, setTab] = useState<Tab>("colleagues");
  const [typed, setTyped] = useState("");
  const search = useDebounced(typed.trim(), 150);
  return (
    <div className="page" data-testid="book-page">
      <div className="page-head">
        <h1>{t("nav.book")}</h1>
        <Segmented<Tab> value={tab} onChange={setTab} options={TABS.map((value) => ({ value, label: <span data-testid={`book-${value}`}>{code("book_tab", value)}</span> }))} />
        <span className="grow" />
        {tab === "company" && may("settings.manage") && <CompanyTools />}
        {tab !== "mine" && <SearchBox value={typed} onChange={setTyped} placeholder={t("book.search")} width={300} />}
      </div>
      {tab === "colleagues" && <Colleagues search={search} />}
      {tab === "mine" && <SpeedDial />}
      {(tab === "company" || tab === "team" || tab === "own") && <Entries key={tab} scope={tab} search={search} />}
    </div>
  );
}
