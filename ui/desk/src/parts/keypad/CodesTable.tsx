/** What a telephone's keypad can do, by which codes; with `onChange` a code can be pressed to be changed. */
import type { FeatureCode } from "@huying/api";
import { Button, Table, Tag, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import "./texts";

interface CodesTableProps {
  readonly codes: readonly FeatureCode[];
  readonly onChange?: ((code: FeatureCode) => void) | undefined;
}

const WHERE = ["dialled", "in_call"] as const;

export function CodesTable({ codes, onChange }: CodesTableProps): ReactNode {
  const { t } = useTexts();
  const columns: TableColumnsType<FeatureCode> = [
    {
      title: t("keypad.code"),
      width: 190,
      render: (_, it) => (
        <span className="row-wrap">
          <code data-testid={`code-${it.action}`}>{it.code}</code>
          {it.takes !== "" && <span className="quiet">{t(`keypad.takes.${it.takes}`)}</span>}
          {it.where === "in_call" && it.takes !== "" && <code>#</code>}
        </span>
      ),
    },
    {
      title: t("keypad.does"),
      render: (_, it) => (
        <span>
          {t(`keypad.action.${it.action}`)} {!it.active && <Tag>{t("keypad.off")}</Tag>}
        </span>
      ),
    },
    ...(onChange
      ? [
          {
            width: 90,
            render: (_: unknown, it: FeatureCode) => (
              <Button size="small" onClick={() => onChange(it)} data-testid={`edit-code-${it.action}`}>
                {t("common.edit")}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      {WHERE.map((where) => (
        <section key={where} style={{ marginBottom: 16 }}>
          <h3>{t(`keypad.where.${where}`)}</h3>
          <Table<FeatureCode>
            size="small"
            rowKey="action"
            pagination={false}
            columns={columns}
            dataSource={codes.filter((it) => it.where === where && (onChange !== undefined || it.active))}
            scroll={{ x: "max-content" }}
          />
        </section>
      ))}
    </>
  );
}
