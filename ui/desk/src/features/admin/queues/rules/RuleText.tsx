/** The text of the rules: what is wrong is underlined where it stands, and told below; rules can be put in from a list. */
import type { RuleProblem } from "@huying/api";
import { Button, Dropdown, type MenuProps } from "antd";
import { useRef, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useQueues } from "@/server/names";
import { useGroups, useSkills } from "@/server/routing";
import css from "../Queues.module.css";
import { asName, indexOf, inserted, piecesOf } from "./marks";

interface RuleTextProps {
  readonly text: string;
  readonly problems: readonly RuleProblem[];
  readonly onChange: (text: string) => void;
  readonly own: string | null;
}

/** Rules to put in, by kind and name. */
function useRules(own: string | null, put: (rule: string) => void): NonNullable<MenuProps["items"]> {
  const { t, local } = useTexts();
  const [groups, skills, queues] = [useGroups().data ?? [], useSkills().data ?? [], useQueues().data ?? []];
  const item = (key: string, label: string, rule: string) => ({ key, label, onClick: () => put(rule) });
  const named = (key: string, things: readonly { readonly id: string; readonly name: Readonly<Record<string, string>>; readonly active: boolean }[]) => ({
    key,
    label: t(`rules.put_${key}`),
    disabled: things.length === 0,
    children: things.filter((it) => it.active).map((it) => item(it.id, local(it.name), t(`rules.rule_${key}`, { name: asName(local(it.name)) }))),
  });
  const plain = (key: string) => item(key, t(`rules.put_${key}`), t(`rules.rule_${key}`));
  return [
    named("need", skills),
    named("relax", skills),
    plain("anyone"),
    named("add_group", groups),
    named("overflow", queues.filter((it) => it.id !== own)),
    plain("voicemail"),
    plain("callback"),
    plain("when"),
  ];
}

export function RuleText(props: RuleTextProps): ReactNode {
  const { t } = useTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text, problems, onChange } = props;
  const goTo = (index: number): void => {
    area.current?.focus();
    area.current?.setSelectionRange(index, index);
  };
  const put = (rule: string): void => {
    const next = inserted(text, area.current?.selectionStart ?? text.length, rule);
    onChange(next.text);
    setTimeout(() => goTo(next.at));
  };
  const items = useRules(props.own, put);
  return (
    <div>
      <div className={css.writing}>
        <pre aria-hidden>
          {piecesOf(text, problems).map((piece, index) =>
            piece.severity ? (
              <mark key={index} data-severity={piece.severity}>
                {piece.text}
              </mark>
            ) : (
              piece.text
            ),
          )}
          {"\n"}
        </pre>
        <textarea
          ref={area}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          maxLength={10_000}
          placeholder={t("rules.placeholder")}
          aria-label={t("field.requirements")}
          aria-invalid={problems.some((it) => it.severity !== "warning")}
          data-testid="requirements"
        />
      </div>
      <div className="row" style={{ marginTop: 6 }}>
        <Dropdown trigger={["click"]} menu={{ items }}>
          <Button size="small" data-testid="put-rule">
            {t("rules.put")}
          </Button>
        </Dropdown>
      </div>
      <ul className={css.problems} data-testid="rule-problems">
        {problems.map((it) => (
          <li key={`${it.line} ${it.column} ${it.code}`}>
            <button type="button" onClick={() => goTo(indexOf(text, it.line, it.column))}>
              <span className="num" style={{ color: it.severity === "warning" ? "var(--warn)" : "var(--bad)" }}>
                {t("rules.place", { line: it.line, column: it.column })}
              </span>
              <span>{it.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
