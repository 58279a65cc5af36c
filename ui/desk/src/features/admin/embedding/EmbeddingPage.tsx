/** Which pages may embed the softphone, and which addresses open for a call. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { take, type EmbeddingSettings } from "@huying/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Space } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import "@/parts/embed/texts";
import { Loaded } from "@/parts/states";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { api } from "@/server/api";
import { useQueues } from "@/server/names";

const KEY = ["embedding"];

function Pops(): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues();
  const choices = [{ value: "", label: t("embedding.every_queue") }, ...(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))];
  const options = (...values: string[]) => values.map((value) => ({ value, label: t(`embedding.${value}`) }));
  return (
    <Form.List name="pops">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <Space key={key} align="start" wrap>
              <Form.Item name={[name, "queue_id"]} label={t("embedding.queue")}>
                <Select options={choices} style={{ width: 150 }} />
              </Form.Item>
              <Form.Item name={[name, "url"]} label={t("embedding.url")} rules={[{ required: true, message: t("common.missing") }]}>
                <Input style={{ width: 360 }} placeholder="https://crm.example/open?tel={number}" data-testid="pop-url" />
              </Form.Item>
              <Form.Item name={[name, "opens"]} label={t("embedding.opens")}>
                <Select options={options("ring", "answer")} style={{ width: 110 }} />
              </Form.Item>
              <Form.Item name={[name, "where"]} label={t("embedding.where")}>
                <Select options={options("window", "page")} style={{ width: 120 }} />
              </Form.Item>
              <Form.Item label=" ">
                <Button icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label={t("embedding.remove")} title={t("embedding.remove")} />
              </Form.Item>
            </Space>
          ))}
          <Form.Item>
            <Button icon={<PlusOutlined />} onClick={() => add({ queue_id: "", url: "", opens: "ring", where: "window" })} data-testid="pop-add">
              {t("embedding.add")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

function Editor(props: { readonly saved: EmbeddingSettings }): ReactNode {
  const { t } = useTexts();
  const [changed, setChanged] = useState(false);
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  useUnsaved(changed);
  const save = async (value: EmbeddingSettings): Promise<void> => {
    if (!(await run(() => take(api.PUT("/api/embedding", { body: value }))))) return;
    setChanged(false);
    void message.success(t("common.saved"));
    await client.invalidateQueries({ queryKey: KEY });
    void client.invalidateQueries({ queryKey: ["changes"] });
  };
  return (
    <Form<EmbeddingSettings> layout="vertical" initialValues={props.saved} onValuesChange={() => setChanged(true)} onFinish={(value) => void save(value)}>
      <Form.Item name="origins" label={t("embedding.origins")} extra={t("embedding.origins_hint")}>
        <Select mode="tags" tokenSeparators={[",", " "]} open={false} suffix={null} style={{ maxWidth: 640 }} data-testid="embedding-origins" />
      </Form.Item>
      <h2>{t("embedding.pops")}</h2>
      <p className="quiet">{t("embedding.pops_hint")}</p>
      <Pops />
      <Button type="primary" htmlType="submit" disabled={!changed} loading={busy} data-testid="embedding-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}

export default function EmbeddingPage(): ReactNode {
  const { t } = useTexts();
  const query = useQuery({ queryKey: KEY, queryFn: () => take(api.GET("/api/embedding")) });
  return (
    <div className="page" data-testid="embedding-page">
      <div className="page-head">
        <h1>{t("embedding.title")}</h1>
      </div>
      <section className="panel">
        <div className="body">
          <Loaded query={query}>{(saved) => <Editor saved={saved} />}</Loaded>
        </div>
      </section>
    </div>
  );
}
