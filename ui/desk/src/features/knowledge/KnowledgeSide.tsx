/** Articles beside the call: those for the contact at hand with their reasons, or what is found by typing; one opens in their place. */
import { useQueryClient } from "@tanstack/react-query";
import { SearchOutlined } from "@ant-design/icons";
import { Input, Skeleton, type InputRef } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Key } from "@/parts/shortcuts";
import type { KnowledgeProps } from "@/parts/slots";
import { Failure, Nothing } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { contactKnowledgeKey, noteUse, useContactKnowledge, useFound } from "@/server/knowledge";
import { ArticleLines, type LineGroup } from "./ArticleLines";
import { ArticleView } from "./ArticleView";
import css from "./Knowledge.module.css";
import "./texts";

const PAUSE_MS = 120;
const LIST_ID = "articles-at-hand";

function useGroups(contactId: string | null, phase: string, typed: string) {
  const { t, language } = useTexts();
  const ofContact = useContactKnowledge(contactId, phase);
  const bare = contactId === null || ofContact.isError || (ofContact.data?.suggested.length === 0 && ofContact.data.used.length === 0);
  const found = useFound(typed, language === "en" ? "en" : "zh-CN", typed !== "" || bare);
  const groups: LineGroup[] = [];
  if (typed) groups.push({ title: t("articles.found"), lines: found.data?.items ?? [] });
  else {
    if (ofContact.data) groups.push({ title: t("articles.suggested"), lines: ofContact.data.suggested }, { title: t("articles.used"), lines: ofContact.data.used });
    if (bare) groups.push({ title: t("articles.latest"), lines: (found.data?.items ?? []).map(({ title_pieces: _pieces, excerpt: _excerpt, ...it }) => it) });
  }
  const query = typed || contactId === null || bare ? found : ofContact;
  return { groups: groups.filter((it) => it.lines.length > 0), query, more: Boolean(typed && found.data?.more), onPage: ofContact.data?.on_page ?? false };
}

export function KnowledgeSide(props: KnowledgeProps): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { contactId } = props;
  const input = useRef<InputRef>(null);
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [of, setOf] = useState(contactId);
  if (of !== contactId) {
    setOf(contactId);
    setOpen(null);
    setSearch("");
    setChosen(0);
  }
  const typed = useDebounced(search.trim(), PAUSE_MS);
  const { groups, query, more, onPage } = useGroups(contactId, props.phase, typed);
  const lines = groups.flatMap((it) => it.lines);
  const [answered, setAnswered] = useState(0);
  if (answered !== props.asked) {
    setAnswered(props.asked);
    setOpen(null);
  }
  useEffect(() => {
    if (answered > 0) setTimeout(() => input.current?.focus({ cursor: "all" }));
  }, [answered]);
  const show = (id: string): void => {
    setOpen(id);
    if (contactId) void noteUse(contactId, id, "opened").then(() => client.invalidateQueries({ queryKey: contactKnowledgeKey(contactId) }), () => undefined);
  };
  const back = (): void => {
    setOpen(null);
    setTimeout(() => input.current?.focus());
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const line = lines[chosen];
    if (event.key === "ArrowDown") setChosen(Math.min(chosen + 1, lines.length - 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(chosen - 1, 0));
    else if (event.key === "Enter" && line) show(line.id);
    else if (event.key === "Escape" && search) setSearch("");
    else if (event.key === "Escape") input.current?.blur();
    else return;
    event.preventDefault();
  };
  if (open) return <ArticleView key={open} id={open} contactId={contactId} onPage={onPage} onBack={back} />;
  return (
    <section className={css.side} aria-label={t("nav.knowledge")} data-testid="knowledge-side">
      <Input
        ref={input}
        allowClear
        prefix={<SearchOutlined />}
        suffix={search ? null : <Key keys="s" label="articles_key.search" />}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        placeholder={t("articles.placeholder")}
        aria-label={t("articles_key.search")}
        role="combobox"
        aria-expanded={lines.length > 0}
        aria-controls={LIST_ID}
        aria-activedescendant={lines.length > 0 ? `${LIST_ID}-${chosen}` : undefined}
        data-testid="knowledge-search"
      />
      {query.error && !query.data && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {query.data && lines.length === 0 && (typed ? <Nothing title={t("articles.nothing", { typed })} hint={t("articles.nothing_hint")} /> : <Nothing title={t("articles.none")} hint={t("articles.none_hint")} />)}
      <ArticleLines id={LIST_ID} groups={groups} chosen={chosen} onOpen={show} />
      {more && <p className="quiet">{t("articles.more")}</p>}
      {lines.length > 0 && <p className="quiet">{t("articles.keys")}</p>}
    </section>
  );
}
