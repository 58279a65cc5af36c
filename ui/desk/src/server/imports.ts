/** Imports of customers: the file goes up with its progress told, the work is watched until it is over. */
import { ApiError, cookieValue, take, type CustomerImport, type ImportChoice, type ImportPreviewPage } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

const ADDRESS = "/api/customer-imports";
const AT_WORK = new Set(["running", "undoing", "reading"]);
const POLL_MS = 1000;

const one = (import_id: string) => ({ path: { import_id } });

export const isAtWork = (it: CustomerImport): boolean => AT_WORK.has(it.state);

export const useImports = () =>
  useQuery({
    queryKey: ["customer-imports"],
    queryFn: async () => (await take(api.GET(ADDRESS))).items,
    refetchInterval: ({ state }) => (state.data?.some(isAtWork) ? POLL_MS : false),
  });

export const useImport = (id: string) =>
  useQuery({
    queryKey: ["customer-imports", id],
    queryFn: () => take(api.GET("/api/customer-imports/{import_id}", { params: one(id) })),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? POLL_MS : false),
  });

export const useImportTargets = () =>
  useQuery({ queryKey: ["customer-imports", "targets"], queryFn: async () => (await take(api.GET("/api/customer-imports/targets"))).items, staleTime: 60_000 });

/** What would become of the first rows; asked again with each choice. */
export const useImportPreview = (id: string, body: ImportChoice, enabled: boolean) =>
  useQuery({
    queryKey: ["customer-imports", id, "preview", body],
    queryFn: (): Promise<ImportPreviewPage> => take(api.POST("/api/customer-imports/{import_id}/preview", { params: one(id), body })),
    enabled,
    staleTime: 10_000,
  });

export const startImport = (id: string, body: ImportChoice): Promise<CustomerImport> => take(api.POST("/api/customer-imports/{import_id}/start", { params: one(id), body }));
export const cancelImport = (id: string): Promise<CustomerImport> => take(api.POST("/api/customer-imports/{import_id}/cancel", { params: one(id) }));
export const undoImport = (id: string): Promise<CustomerImport> => take(api.POST("/api/customer-imports/{import_id}/undo", { params: one(id) }));
export const removeImport = (id: string): Promise<unknown> => take(api.DELETE("/api/customer-imports/{import_id}", { params: one(id) }));
export const reportAddress = (id: string, form: "xlsx" | "csv"): string => `${ADDRESS}/${id}/report?form=${form}`;

interface Refusal {
  readonly error?: { readonly code?: string; readonly message?: string; readonly details?: Record<string, unknown> };
}

function refused(status: number, answer: unknown): ApiError {
  const told = (answer as Refusal | null)?.error ?? {};
  return new ApiError(status, told.code ?? (status ? `http-${status}` : "unreachable"), told.message ?? "", told.details);
}

/** Sends the file; `onProgress` hears the part (0 to 1) that is on its way. Fetch cannot tell it, so this is the older way. */
export function uploadImport(file: File, sheet: string, onProgress: (part: number) => void): Promise<CustomerImport> {
  const query = new URLSearchParams({ name: file.name, ...(sheet ? { sheet } : {}) });
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", `${ADDRESS}?${query.toString()}`);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", cookieValue(document.cookie, "huying_csrf"));
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => (request.status === 201 ? resolve(request.response as CustomerImport) : reject(refused(request.status, request.response)));
    request.onerror = () => reject(refused(0, null));
    request.send(file);
  });
}
