/** Customers side by side: who stays, and whose value of each field is kept. */
import type { Customer } from "@huying/api";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Modal, Radio } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { shown } from "@/parts/customer/ownFields";
import { phoneNumber } from "@/parts/format";
import { useCommand } from "@/parts/useCommand";
import { customerQuery } from "@/server/customers";
import { mergeCustomers, undoMerge } from "@/server/duplicates";
import { useOwnFields } from "@/server/ownFields";
import { mergeInput, mergeRows, oldest, usualChoice } from "./merge";
import css from "./Merge.module.css";
import { useTellApart } from "./useTellApart";

interface MergeDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onMerged: (id: string) => void;
}

/** What comes together anyway, to recognise them by. */
function Together(props: { readonly customers: readonly Customer[] }): ReactNode {
  const { t } = useTexts();
  const rows: readonly (readonly [string, (it: Customer) => string])[] = [
    [t("customer.numbers"), (it) => it.numbers.map((one) => phoneNumber(one.number)).join(", ")],
    [t("customer.email"), (it) => it.emails.map((one) => one.email).join(", ")],
    [t("customer.address"), (it) => it.address],
    [t("customer.tags"), (it) => it.tags.map((one) => one.name).join(", ")],
  ];
  return rows.map(([label, of]) => (
    <tr key={label} className="quiet">
      <th scope="row">{label}</th>
      {props.customers.map((it) => (
        <td key={it.id}>{of(it) || "–"}</td>
      ))}
    </tr>
  ));
}

function Sides(props: { readonly all: readonly Customer[]; readonly onClose: () => void; readonly onMerged: (id: string) => void }): ReactNode {
  const { t, code, local } = useTexts();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const { run, busy } = useCommand();
  const { apart, busy: telling } = useTellApart();
  const fields = useOwnFields("customer").data ?? [];
  const [into, setInto] = useState(() => oldest(props.all));
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const customers = props.all.filter((it) => it.id === into || !without.has(it.id));
  const rows = mergeRows(customers, fields, {
    classOf: (it) => code("customer_class", it),
    languageOf: (it) => code("language", it),
    own: (field, value) => shown(field, value, { local, yes: t("common.yes"), no: t("common.no") }),
  });
  const label = (key: string): string => {
    const own = fields.find((it) => key === `fields.${it.code}`);
    return own ? local(own.name) : t(`customer.${key}`);
  };
  const renew = async (): Promise<void> => {
    await client.invalidateQueries({ predicate: ({ queryKey }) => ["customers", "duplicates", "companies", "screen-pop"].includes(String(queryKey[0])) });
  };
  const merge = async (): Promise<void> => {
    const done = await mergeCustomers(mergeInput(customers, into, chosen));
    await renew();
    const key = done.merge_id;
    const undo = async (): Promise<void> => {
      await undoMerge(key);
      notification.destroy(key);
      await renew();
      notification.success({ title: t("duplicates.undone") });
    };
    notification.success({
      key,
      title: t("duplicates.merged"),
      description: done.customer.name,
      duration: 30,
      actions: (
        <Button size="small" onClick={() => void run(undo)} data-testid="undo-merge">
          {t("duplicates.undo")}
        </Button>
      ),
    });
    props.onMerged(into);
    props.onClose();
  };
  const different = async (): Promise<void> => {
    if (await apart(customers.map((it) => it.id))) props.onClose();
  };
  return (
    <Modal
      open
      width={Math.min(1200, 260 + 260 * props.all.length)}
      title={t("duplicates.merge_title")}
      onCancel={props.onClose}
      okText={t("duplicates.merge")}
      okButtonProps={{ disabled: customers.length < 2, "data-testid": "merge-ok" }}
      confirmLoading={busy}
      onOk={() => void run(merge)}
      footer={(usual) => (
        <div className="row">
          <Button disabled={customers.length < 2 || busy || telling} onClick={() => void different()} data-testid="merge-different">
            {t("duplicates.different")}
          </Button>
          <span className="grow" />
          {usual}
        </div>
      )}
    >
      <p className="quiet">{t("duplicates.choose")}</p>
      <div className={css.scroll}>
        <table className={css.sides} data-testid="merge-sides">
          <thead>
            <tr>
              <th />
              {props.all.map((it) => (
                <th key={it.id} scope="col">
                  <Radio checked={it.id === into} onChange={() => setInto(it.id)} data-testid={`into-${it.name}`}>
                    {t("duplicates.into")}
                  </Radio>
                  {props.all.length > 2 && it.id !== into && (
                    <Checkbox checked={without.has(it.id)} onChange={(event) => setWithout(new Set(event.target.checked ? [...without, it.id] : [...without].filter((id) => id !== it.id)))}>
                      {t("duplicates.left_out")}
                    </Checkbox>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} data-testid={`merge-${row.key}`}>
                <th scope="row">{label(row.key)}</th>
                {props.all.map((it) => {
                  const place = customers.findIndex((one) => one.id === it.id);
                  const value = row.values[place] ?? "";
                  const picked = (chosen[row.key] ?? usualChoice(row, customers, into)) === it.id;
                  if (place < 0) return <td key={it.id} />;
                  return (
                    <td key={it.id} className={picked && row.differs ? css.picked : undefined}>
                      {row.differs && value ? (
                        <Radio checked={picked} onChange={() => setChosen({ ...chosen, [row.key]: it.id })}>
                          {value}
                        </Radio>
                      ) : (
                        value || <span className="quiet">{t("duplicates.empty")}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
            <Together customers={props.all} />
          </tbody>
        </table>
      </div>
      <p className="quiet">{t("duplicates.together")}</p>
    </Modal>
  );
}

export function MergeDialog(props: MergeDialogProps): ReactNode {
  const found = useQueries({ queries: [...new Set(props.ids)].map(customerQuery) });
  const all = found.flatMap((it) => (it.data ? [it.data] : []));
  return all.length === found.length && all.length > 1 ? <Sides all={all} onClose={props.onClose} onMerged={props.onMerged} /> : null;
}
