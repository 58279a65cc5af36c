/** The skills themselves: names, kind, order; a skill that is no longer wanted is hidden, since the history knows it. */
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Modal, Select, Switch, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Failure, Nothing } from "@/parts/states";
import type { Skill } from "@huying/api";
import { addSkill, changeSkill, useSkills } from "@/server/routing";
import { NameFields, namesOf, type NameInputs } from "../NameFields";
import { CODE } from "../names";

const KINDS = ["skill", "language", "product"] as const;
type Fields = NameInputs & { readonly code: string; readonly kind: (typeof KINDS)[number]; readonly position?: number; readonly active?: boolean };

function SkillForm(props: { readonly skill: Skill | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, code } = useTexts();
  const { skill } = props;
  const store = (fields: Fields): Promise<unknown> => {
    const body = { name: namesOf(fields), kind: fields.kind };
    if (!skill) return addSkill({ ...body, code: fields.code });
    return changeSkill(skill.id, { ...body, position: fields.position ?? skill.position, active: fields.active ?? true });
  };
  const initial: Partial<Fields> = skill
    ? { code: skill.code, kind: skill.kind, position: skill.position, active: skill.active, name_zh: skill.name["zh-CN"] ?? "", name_en: skill.name.en ?? "" }
    : { kind: "skill" };
  return (
    <FormDialog<Fields> title={skill ? t("skill.edit") : t("skill.new")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="skill">
      <NameFields />
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: CODE, message: t("queue.code_hint") }]}>
          <Input disabled={skill !== null} data-testid="skill-code" />
        </Form.Item>
        <Form.Item name="kind" label={t("skill.kind")} extra={t("skill.kind_hint")}>
          <Select options={KINDS.map((value) => ({ value, label: code("column_kind", value) }))} />
        </Form.Item>
        {skill && (
          <>
            <Form.Item name="position" label={t("skill.position")}>
              <InputNumber min={0} max={10_000} style={{ width: "100%" }} />
            </Form.Item>
            <Form.Item name="active" label={t("skill.active")} valuePropName="checked">
              <Switch />
            </Form.Item>
          </>
        )}
      </div>
    </FormDialog>
  );
}

export function SkillsDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t, local, code } = useTexts();
  const client = useQueryClient();
  const query = useSkills();
  const [edited, setEdited] = useState<Skill | "new" | null>(null);
  const renew = (): void => {
    void client.invalidateQueries({ queryKey: ["skills"] });
    void client.invalidateQueries({ queryKey: ["skills-matrix"] });
  };
  const columns: TableColumnsType<Skill> = [
    { key: "name", title: t("queue.name"), render: (_, row) => <b className={row.active ? "" : "quiet"}>{local(row.name)}</b> },
    { key: "code", title: t("queue.code"), dataIndex: "code" },
    { key: "kind", title: t("skill.kind"), render: (_, row) => code("column_kind", row.kind) },
    { key: "active", title: t("skill.active"), render: (_, row) => code("yes_no", String(row.active)) },
    {
      key: "edit",
      title: "",
      width: 80,
      render: (_, row) => (
        <Button size="small" type="link" onClick={() => setEdited(row)}>
          {t("common.edit")}
        </Button>
      ),
    },
  ];
  return (
    <Modal open title={t("matrix.skills")} onCancel={props.onClose} footer={null} width={680}>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <div className="row" style={{ marginBottom: 8 }}>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-skill">
          {t("skill.new")}
        </Button>
      </div>
      <Table<Skill>
        size="small"
        rowKey="id"
        dataSource={[...(query.data ?? [])]}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        scroll={{ y: 420 }}
        locale={{ emptyText: <Nothing title={t("skill.none")} hint={t("skill.none_hint")} /> }}
      />
      {edited && <SkillForm skill={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </Modal>
  );
}
