/** The members of one group: levels in place, many added at once, all saved together. */
import { DeleteOutlined } from "@ant-design/icons";
import type { AgentSummary, Group } from "@huying/api";
import { App, Button, InputNumber, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { useAgents } from "@/server/names";
import { changeGroup } from "@/server/routing";
import { agentsIn, memberChanges, withLevel, withMembers, type Member } from "./members";
import css from "./Members.module.css";

const USUAL = 5;

interface AddProps {
  readonly agents: readonly AgentSummary[];
  readonly members: readonly Member[];
  readonly onAdd: (ids: readonly string[], level: number) => void;
}

function Add(props: AddProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<string[]>([]);
  const [level, setLevel] = useState(USUAL);
  const inside = new Set(props.members.map((it) => it.agent_id));
  const options = props.agents.filter((it) => !inside.has(it.id)).map((it) => ({ value: it.id, label: `${it.extension} ${it.name}` }));
  const onPaste = (event: React.ClipboardEvent): void => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\n\t,;，；、]/.test(text)) return;
    event.preventDefault();
    const { found, unknown } = agentsIn(text, props.agents);
    setChosen([...new Set([...chosen, ...found.filter((id) => !inside.has(id))])]);
    if (unknown.length > 0) void message.warning(t("work_groups.unknown", { names: unknown.slice(0, 5).join(", "), count: unknown.length }));
  };
  return (
    <div className="row wrap" onPaste={onPaste}>
      <Select
        mode="multiple"
        maxTagCount={8}
        value={chosen}
        onChange={setChosen}
        showSearch={{ optionFilterProp: "label" }}
        options={options}
        placeholder={t("work_groups.add_who")}
        aria-label={t("work_groups.add_who")}
        style={{ minWidth: 320, flex: "1 1 320px", maxWidth: 640 }}
        data-testid="group-add"
      />
      <span className="quiet">{t("work_groups.level")}</span>
      <InputNumber<number> min={1} max={10} precision={0} value={level} onChange={(value) => setLevel(value ?? USUAL)} style={{ width: 64 }} aria-label={t("work_groups.level")} />
      <Button
        disabled={chosen.length === 0}
        onClick={() => {
          props.onAdd(chosen, level);
          setChosen([]);
        }}
        data-testid="group-add-do"
      >
        {t("work_groups.add", { count: chosen.length })}
      </Button>
    </div>
  );
}

export function Members(props: { readonly group: Group; readonly mayEdit: boolean; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const agents = useAgents().data ?? [];
  const { group, mayEdit } = props;
  const [draft, setDraft] = useState<readonly Member[] | null>(null);
  const members = draft ?? group.members;
  const changes = memberChanges(group.members, members);
  const count = changes.added.length + changes.removed.length + changes.changed.length;
  useUnsaved(count > 0);
  const save = (): void => {
    void run(() => changeGroup(group.id, { members: [...members] })).then((done) => {
      if (!done) return;
      setDraft(null);
      props.onSaved();
    });
  };
  const person = (id: string): AgentSummary | undefined => agents.find((it) => it.id === id);
  return (
    <div onClick={(event) => event.stopPropagation()} className={css.members} data-testid="group-members">
      {mayEdit && <Add agents={agents} members={members} onAdd={(ids, level) => setDraft(withMembers(members, ids, level))} />}
      <ul>
        {members.map((it) => (
          <li key={it.agent_id} data-new={changes.added.includes(it.agent_id) || changes.changed.includes(it.agent_id)}>
            <span className="num quiet">{person(it.agent_id)?.extension}</span>
            <span className="ellipsis grow" title={person(it.agent_id)?.name}>
              {person(it.agent_id)?.name ?? it.agent_id.slice(0, 8)}
            </span>
            <InputNumber<number>
              size="small"
              min={1}
              max={10}
              precision={0}
              disabled={!mayEdit}
              value={it.level}
              onChange={(value) => value !== null && setDraft(withLevel(members, it.agent_id, value))}
              aria-label={t("work_groups.level")}
              style={{ width: 52 }}
            />
            {mayEdit && (
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={() => setDraft(members.filter((other) => other.agent_id !== it.agent_id))} />
            )}
          </li>
        ))}
      </ul>
      {members.length === 0 && <div className="quiet">{t("work_groups.empty")}</div>}
      {count > 0 && (
        <div className="row wrap">
          <Button type="primary" size="small" loading={busy} onClick={save} data-testid="members-save">
            {t("common.save")}
          </Button>
          <Button size="small" onClick={() => setDraft(null)}>
            {t("queues.discard")}
          </Button>
          <span className="quiet">{t("work_groups.summary", { added: changes.added.length, removed: changes.removed.length, changed: changes.changed.length })}</span>
        </div>
      )}
    </div>
  );
}
