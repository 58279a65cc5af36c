/** "What holds for this caller?": asks the server, which decides by the same code as for calls. */
import type { CallerRule, CustomerClass, HeldRules } from "@huying/api";
import { Input, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { Failure } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { heldFor } from "@/server/callers";
import { EFFECT_TONES } from "./words";

function Answer(props: { readonly held: HeldRules; readonly asked: string }): ReactNode {
  const { t } = useTexts();
  const { held } = props;
  const effects = (["blocked", "vip", "green"] as const).filter((it) => held[it]);
  return (
    <span className="row wrap" data-testid="look-up-answer">
      <span className="quiet num">{held.number ? phoneNumber(held.number) : props.asked ? t("callers.no_number") : t("callers.by_hidden")}</span>
      {effects.map((it) => (
        <Pill key={it} tone={EFFECT_TONES[it]}>
          {t(`callers.effect_${it}`)}
        </Pill>
      ))}
      {effects.length === 0 && <span className="quiet">{t("callers.nothing_holds")}</span>}
      {held.blocked && effects.length > 1 && <span className="quiet">{t("callers.blocked_wins")}</span>}
    </span>
  );
}

export function LookUp(props: { readonly classes: readonly CustomerClass[]; readonly rules: readonly CallerRule[] | undefined }): ReactNode {
  const { t, local } = useTexts();
  const [number, setNumber] = useState("");
  const [customerClass, setClass] = useState("");
  const asked = useDebounced(number.trim());
  const query = useQuery({ queryKey: ["callers", "held", asked, customerClass, props.rules?.length], queryFn: () => heldFor(asked, customerClass), enabled: asked !== "" || customerClass !== "" });
  return (
    <div className="row wrap" style={{ padding: "8px 12px" }}>
      <label htmlFor="look-up">{t("callers.look_up")}</label>
      <Input id="look-up" allowClear style={{ width: 190 }} value={number} maxLength={40} onChange={(event) => setNumber(event.target.value)} placeholder={t("callers.look_up_number")} data-testid="look-up" />
      <Select
        allowClear
        style={{ width: 130 }}
        value={customerClass || null}
        placeholder={t("callers.by_class")}
        options={props.classes.map((it) => ({ value: it.code, label: local(it.name) }))}
        onChange={(value: string | null) => setClass(value ?? "")}
        aria-label={t("callers.by_class")}
      />
      {query.data && (asked || customerClass) ? <Answer held={query.data} asked={asked} /> : query.error && <Failure error={query.error} />}
    </div>
  );
}
