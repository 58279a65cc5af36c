/** Several customers share the number: choose by click or by the keys 1 to 9. */
import type { Customer } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ClassPill } from "@/parts/pills";
import { Key, useShortcut } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { linkCustomer } from "@/server/desk";
import css from "./Pop.module.css";
import { screenPopKey } from "./useScreenPop";

const KEYS = 9;

function One(props: { readonly customer: Customer; readonly index: number; readonly onPick: () => void }): ReactNode {
  const { customer, index } = props;
  const key = String(index + 1);
  useShortcut(key, "desk.choose_match", props.onPick, index < KEYS);
  return (
    <li>
      <button type="button" onClick={props.onPick} data-testid="pop-match">
        {index < KEYS && <Key keys={key} />}
        <b className={`ellipsis ${css.match ?? ""}`}>{customer.name}</b>
        <ClassPill value={customer.class} />
        <span className="quiet ellipsis grow">{[customer.company?.name, customer.address].filter(Boolean).join(" · ")}</span>
      </button>
    </li>
  );
}

export function Several(props: { readonly contactId: string; readonly matches: readonly Customer[] }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run } = useCommand();
  const pick = async (customerId: string): Promise<void> => {
    if (await run(() => linkCustomer(props.contactId, customerId))) await client.invalidateQueries({ queryKey: screenPopKey(props.contactId) });
  };
  return (
    <div data-testid="pop-several">
      <p>{t("desk.several_have_it", { count: props.matches.length })}</p>
      <ul className={css.several}>
        {props.matches.map((it, index) => (
          <One key={it.id} customer={it} index={index} onPick={() => void pick(it.id)} />
        ))}
      </ul>
    </div>
  );
}
