/** Says whose contact this is: finds a customer by name, number or serial number. */
import { useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { useCommand } from "@/parts/useCommand";
import { useDebounced } from "@/parts/useDebounced";
import { useCustomers } from "@/server/customers";
import { linkCustomer } from "@/server/desk";
import { screenPopKey } from "./useScreenPop";

export function PickCustomer(props: { readonly contactId: string; readonly onPicked?: () => void }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const [typed, setTyped] = useState("");
  const search = useDebounced(typed.trim());
  const found = useCustomers({ search, limit: 10, offset: 0 });
  const pick = async (customerId: string): Promise<void> => {
    if (!(await run(() => linkCustomer(props.contactId, customerId)))) return;
    await client.invalidateQueries({ queryKey: screenPopKey(props.contactId) });
    props.onPicked?.();
  };
  return (
    <Select<string>
      value={null}
      onChange={(id) => void pick(id)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={busy || found.isFetching}
      options={(found.data?.items ?? []).map((it) => ({ value: it.id, label: [it.name, it.company?.name, phoneNumber(it.numbers[0]?.number)].filter(Boolean).join(" · ") }))}
      placeholder={t("desk.pick_customer")}
      aria-label={t("desk.pick_customer")}
      data-testid="pick-customer"
      style={{ width: "100%", maxWidth: 340, textAlign: "left" }}
    />
  );
}
