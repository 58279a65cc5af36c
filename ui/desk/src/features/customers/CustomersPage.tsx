/** Customers: the list with one's card over it, companies, duplicates, imports. */
import { Drawer, Segmented, Skeleton } from "antd";
import { lazy, Suspense, type ReactNode } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useTexts } from "@/i18n";
import { useMay } from "@/server/session";
import { CustomerCard } from "./card/CustomerCard";
import { CustomersList } from "./list/CustomersList";
import "./texts";

const CompaniesPage = lazy(() => import("./companies/CompaniesPage"));
const DuplicatesPage = lazy(() => import("./duplicates/DuplicatesPage"));
const ImportsPage = lazy(() => import("./imports/ImportsPage"));

type Part = "list" | "companies" | "duplicates" | "imports";
const PARTS: readonly { readonly part: Part; readonly may: string }[] = [
  { part: "list", may: "customers.view" },
  { part: "companies", may: "customers.view" },
  { part: "duplicates", may: "customers.merge" },
  { part: "imports", may: "customers.import" },
];
const CARD_WIDTH = "min(1080px, 94vw)";

function People(props: { readonly id: string | null }): ReactNode {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const open = (next: string | null): void => void navigate(next ? `/customers/${next}` : "/customers");
  return (
    <>
      <CustomersList active={props.id === null} companyId={query.get("company") ?? undefined} onOpen={open} />
      <Drawer open={props.id !== null} onClose={() => open(null)} size={CARD_WIDTH} title={t("customer.title")} destroyOnHidden>
        {props.id && <CustomerCard key={props.id} id={props.id} onOther={open} />}
      </Drawer>
    </>
  );
}

export default function CustomersPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const first = (useParams()["*"] ?? "").split("/")[0] ?? "";
  const part = PARTS.find((it) => it.part === first)?.part ?? "list";
  const options = PARTS.filter((it) => may(it.may)).map((it) => ({ value: it.part, label: <span data-testid={`customers-${it.part}`}>{t(`customers.part_${it.part}`)}</span> }));
  return (
    <div className="page" data-testid="customers-page">
      <div className="page-head">
        <h1>{t("nav.customers")}</h1>
        <Segmented<Part> options={options} value={part} onChange={(next) => void navigate(next === "list" ? "/customers" : `/customers/${next}`)} />
      </div>
      <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
        {part === "list" && <People id={first || null} />}
        {part === "companies" && <CompaniesPage />}
        {part === "duplicates" && <DuplicatesPage />}
        {part === "imports" && <ImportsPage />}
      </Suspense>
    </div>
  );
}
