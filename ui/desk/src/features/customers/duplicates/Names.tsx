/** Customers one below the other, each with what tells them apart. */
import type { Customer } from "@huying/api";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { phoneNumber } from "@/parts/format";

export function Names(props: { readonly customers: readonly Customer[] }): ReactNode {
  const navigate = useNavigate();
  return props.customers.map((it) => (
    <div key={it.id} className="row">
      <button type="button" className="link" style={{ flex: "none" }} onClick={() => void navigate(`/customers/${it.id}`)}>
        {it.name}
      </button>
      <span className="quiet ellipsis">{[it.code, it.company?.name, phoneNumber(it.numbers[0]?.number), it.address].filter(Boolean).join(" · ")}</span>
    </div>
  ));
}
