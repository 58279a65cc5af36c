/** What a customer owns: appliances and vehicles, to add, change and take away. */
import { PlusOutlined } from "@ant-design/icons";
import type { Asset, AssetChange, AssetInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Assets } from "@/parts/customer/Assets";
import { Loaded } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { addAsset, changeAsset, removeAsset, useAssets } from "@/server/customers";
import { useMay } from "@/server/session";
import { AssetForm } from "./AssetForm";

/** The kind of a thing never changes. */
function changeOf(input: AssetInput): AssetChange {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== "kind"));
}

export function Owned(props: { readonly customerId: string }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const client = useQueryClient();
  const { run } = useCommand();
  const query = useAssets(props.customerId);
  const [edited, setEdited] = useState<Asset | "new" | null>(null);
  const renew = async (): Promise<void> => {
    setEdited(null);
    await client.invalidateQueries({ queryKey: ["customers", props.customerId, "assets"] });
  };
  const submit = async (input: AssetInput): Promise<void> => {
    if (edited === "new" || edited === null) await addAsset(props.customerId, input);
    else await changeAsset(edited.id, changeOf(input));
    await renew();
  };
  const acts = (asset: Asset): ReactNode => (
    <>
      <Button size="small" type="link" onClick={() => setEdited(asset)}>
        {t("common.edit")}
      </Button>
      <Popconfirm title={t("asset.remove")} onConfirm={() => void run(() => removeAsset(asset.id)).then(renew)}>
        <Button size="small" type="link" danger>
          {t("common.remove")}
        </Button>
      </Popconfirm>
    </>
  );
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 12 }}>
      <Loaded query={query}>{(assets) => <Assets assets={assets} {...(may("customers.edit") ? { acts } : {})} />}</Loaded>
      {edited && <AssetForm key={edited === "new" ? "new" : edited.id} {...(edited === "new" ? {} : { initial: edited })} onSubmit={submit} onCancel={() => setEdited(null)} />}
      {!edited && may("customers.edit") && (
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="add-asset">
          {t("asset.add")}
        </Button>
      )}
    </div>
  );
}
