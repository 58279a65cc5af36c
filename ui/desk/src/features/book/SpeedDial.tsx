/** One's own targets: the keys of speed dial, favourites, and what was called lately. */
import type { OwnTarget } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Nothing } from "@/parts/states";
import type { CallTarget } from "@/parts/targets/rank";
import { TargetPicker } from "@/parts/targets/TargetPicker";
import { useCommand } from "@/parts/useCommand";
import { useTimes } from "@/parts/times";
import { forgetUsed, keepTarget, useOwnTargets } from "@/server/targets";
import { CallButton } from "./CallButton";
import css from "./Book.module.css";
import { useTargetName } from "./useTargetName";

const KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function KeyField(props: { readonly number: number; readonly target: OwnTarget | undefined; readonly onChoose: () => void; readonly onClear: () => void }): ReactNode {
  const { t } = useTexts();
  const name = useTargetName();
  const { target } = props;
  return (
    <div className={css.key} data-testid={`speed-${props.number}`}>
      <kbd>{props.number}</kbd>
      <span className="ellipsis grow">{target ? name(target) : <span className="quiet">{t("book.key_free")}</span>}</span>
      {target && <CallButton target={target} />}
      <Button size="small" onClick={target ? props.onClear : props.onChoose} data-testid={`speed-${props.number}-set`}>
        {t(target ? "common.remove" : "book.key_set")}
      </Button>
    </div>
  );
}

export function SpeedDial(): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const name = useTargetName();
  const client = useQueryClient();
  const { run } = useCommand();
  const [chosenKey, setChosenKey] = useState<number | null>(null);
  const own = useOwnTargets().data ?? [];
  const used = own.filter((it) => it.used_at !== null);
  const keep = (target: OwnTarget | CallTarget, favourite: boolean, key: number | null): void =>
    void run(() => keepTarget(client, { kind: target.kind, id: target.id ?? "", number: target.number ?? "", label: target.label, favourite, key }));
  return (
    <div className={css.columns}>
      <section className="panel">
        <header>
          <h2>{t("book.keys")}</h2>
          <span className="quiet">{t("book.keys_hint")}</span>
        </header>
        <div className="body">
          {KEYS.map((key) => {
            const target = own.find((it) => it.key === key);
            return <KeyField key={key} number={key} target={target} onChoose={() => setChosenKey(key)} onClear={() => target && keep(target, target.favourite, null)} />;
          })}
        </div>
      </section>
      <section className="panel">
        <header>
          <h2>{t("book.lately")}</h2>
          <span className="grow" />
          {used.length > 0 && (
            <Button size="small" onClick={() => void run(() => forgetUsed(client))} data-testid="forget-used">
              {t("book.forget")}
            </Button>
          )}
        </header>
        <div className="body">
          {used.length === 0 && <Nothing title={t("book.never")} />}
          {used.map((it) => (
            <div key={`${it.kind}${it.id}${it.number}`} className={css.key} data-testid="used-target">
              <span className="num quiet">{times.shortTime(it.used_at)}</span>
              <span className="ellipsis grow">{name(it)}</span>
              <span className="num quiet">{it.number && name(it) !== phoneNumber(it.number) && phoneNumber(it.number)}</span>
              <CallButton target={it} />
              <Select
                size="small"
                allowClear
                value={it.key}
                placeholder={t("book.key")}
                aria-label={t("book.key")}
                options={KEYS.map((value) => ({ value, label: value }))}
                onChange={(value: number | undefined) => keep(it, it.favourite, value ?? null)}
                style={{ width: 74 }}
              />
            </div>
          ))}
        </div>
      </section>
      <Modal open={chosenKey !== null} title={t("book.key_title", { key: chosenKey })} onCancel={() => setChosenKey(null)} footer={null} destroyOnHidden>
        <TargetPicker
          remembers={false}
          onChoose={(target) => {
            keep(target, false, chosenKey);
            setChosenKey(null);
          }}
        />
      </Modal>
    </div>
  );
}
