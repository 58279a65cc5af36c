/** Addresses of a customer, in their parts. */
import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import type { CustomerAddress } from "@huying/api";
import { Button, Form, Input, Radio, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import type { PartProps } from "./Basics";
import { addressLine } from "./address";
import css from "./Card.module.css";
import { Section } from "./Section";

const KINDS = ["home", "office", "delivery", "billing", "service", "other"] as const;
const EMPTY: CustomerAddress = { kind: "home", province: "", city: "", district: "", street: "", postcode: "", default: false };

interface Fields {
  readonly addresses: readonly CustomerAddress[];
  readonly usual: number;
}

export function AddressInputs(): ReactNode {
  const { t } = useTexts();
  const part = (index: number, name: string): ReactNode => (
    <Form.Item name={[index, name]} noStyle>
      <Input placeholder={t(`address.${name}`)} aria-label={t(`address.${name}`)} maxLength={name === "street" ? 500 : 200} />
    </Form.Item>
  );
  return (
    <Form.Item name="usual" noStyle>
      <Radio.Group style={{ width: "100%" }}>
        <Form.List name="addresses">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <div className={css.parts} key={row.key}>
                  <Form.Item name={[row.name, "kind"]} noStyle>
                    <Select options={KINDS.map((value) => ({ value, label: t(`address_kind.${value}`) }))} aria-label={t("address.kind")} />
                  </Form.Item>
                  {part(row.name, "province")}
                  {part(row.name, "city")}
                  {part(row.name, "district")}
                  {part(row.name, "postcode")}
                  <span className="row">
                    <Radio value={row.name} style={{ whiteSpace: "nowrap" }}>
                      {t("address.usual")}
                    </Radio>
                    <Button type="text" size="small" icon={<MinusCircleOutlined />} onClick={() => remove(row.name)} aria-label={t("common.remove")} />
                  </span>
                  <span className={css.full}>{part(row.name, "street")}</span>
                </div>
              ))}
              <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add(EMPTY)} data-testid="add-address">
                {t("address.add")}
              </Button>
            </>
          )}
        </Form.List>
      </Radio.Group>
    </Form.Item>
  );
}

export function AddressLines(props: { readonly addresses: readonly CustomerAddress[] }): ReactNode {
  const { t } = useTexts();
  if (props.addresses.length === 0) return <span className="quiet">{t("address.none")}</span>;
  return (
    <ul className={css.list}>
      {props.addresses.map((it, index) => (
        <li key={index}>
          <span className="quiet">{t(`address_kind.${it.kind}`)}</span>
          <span className="grow">
            {addressLine(it)} {it.postcode}
            {it.default && props.addresses.length > 1 && <span className="quiet"> · {t("address.usual")}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

export const addressesOf = (fields: Fields): CustomerAddress[] => fields.addresses.map((it, index) => ({ ...it, default: index === fields.usual }));
export const usualOf = (addresses: readonly CustomerAddress[]): number =>
  Math.max(
    0,
    addresses.findIndex((it) => it.default),
  );

export function Addresses(props: PartProps): ReactNode {
  const { t } = useTexts();
  const { customer, save } = props;
  const initial: Fields = { addresses: customer.addresses, usual: usualOf(customer.addresses) };
  return (
    <Section<Fields> title={t("customer.address")} name="addresses" initial={initial} onSave={(fields) => save({ share_numbers: false, addresses: addressesOf(fields) })} inputs={<AddressInputs />}>
      <AddressLines addresses={customer.addresses} />
    </Section>
  );
}
