/** The log of all changes of the settings: who, when, what, from what to what; and the way back. */
import type { Change } from "@huying/api";
import { Button, Select, Spin } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Nothing } from "@/parts/states";
import { SearchBox } from "@/parts/SearchBox";
import { useChanges } from "@/server/routing";
import { ChangeEntry } from "./ChangeEntry";
import css from "./ChangesPage.module.css";
import { differences } from "./differences";
import { useWords } from "./words";

/** Whether a change has the words: in who, in what, and in what differs. */
function useFinder(): (change: Change, words: readonly string[]) => boolean {
  const { local, code } = useTexts();
  const { label } = useWords();
  return (change, words) => {
    if (words.length === 0) return true;
    const fields = differences(change.before, change.after).map((it) => label(it.path));
    const text = [`#${change.number}`, change.by.name, code("thing", change.what), local(change.thing_name), ...fields].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export default function ChangesPage(): ReactNode {
  const { t, code } = useTexts();
  const [what, setWhat] = useState("");
  const [search, setSearch] = useState("");
  const query = useChanges(what);
  const has = useFinder();
  const all = query.data?.pages.flatMap((it) => it.items) ?? [];
  const kinds = query.data?.pages[0]?.kinds ?? [];
  const shown = all.filter((it) => has(it, search.trim().toLowerCase().split(/\s+/).filter(Boolean)));
  return (
    <div className="page" data-testid="changes-page">
      <div className="page-head">
        <h1>{t("admin_area.changes")}</h1>
        <SearchBox value={search} onChange={setSearch} placeholder={t("changes.search")} width={220} />
        <Select
          value={what}
          onChange={setWhat}
          style={{ width: 170 }}
          aria-label={t("changes.what")}
          options={[{ value: "", label: t("changes.all") }, ...kinds.map((value) => ({ value, label: code("thing", value) }))]}
        />
        <span className="quiet">{t("changes.hint")}</span>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <section className={`panel ${css.list ?? ""}`}>
          {shown.map((it) => (
            <ChangeEntry key={it.number} change={it} />
          ))}
          {shown.length === 0 && <Nothing title={all.length === 0 ? t("changes.none") : t("changes.none_found")} hint={all.length === 0 ? t("changes.none_hint") : ""} />}
          {query.hasNextPage && (
            <Button type="text" block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} data-testid="changes-more">
              {t("changes.older")}
            </Button>
          )}
        </section>
      )}
      {query.isPending && <Spin />}
    </div>
  );
}
