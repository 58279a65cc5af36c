/** The history of contacts: filters, search, export, and each contact in full. */
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { Failure } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { useContacts } from "@/server/contacts";
import { ContactsTable } from "./ContactsTable";
import { ExportButton } from "./ExportButton";
import { Filters, useFilters } from "./Filters";

const PAGE = 50;

export default function HistoryPage(): ReactNode {
  const { t } = useTexts();
  const { filters, change, search } = useFilters();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string | null>(null);
  const wanted = useDebounced(search);
  const query = useContacts({ ...wanted, limit: PAGE, offset: (page - 1) * PAGE }, page === 1 ? 15_000 : undefined);
  const set: typeof change = (part) => {
    setPage(1);
    change(part);
  };
  return (
    <div className="page" data-testid="history-page">
      <div className="page-head">
        <h1>{t("nav.history")}</h1>
        <Filters filters={filters} onChange={set} />
        <span className="grow" />
        <ExportButton search={wanted} />
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <section className="panel">
        <ContactsTable
          rows={query.data?.items ?? []}
          loading={query.isPending || query.isPlaceholderData}
          page={page}
          pageSize={PAGE}
          total={query.data?.total ?? 0}
          onPage={setPage}
          onOpen={setOpen}
        />
      </section>
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </div>
  );
}
