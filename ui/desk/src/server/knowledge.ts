/** Articles: found, read and sent by agents; written, published and compared by editors. */
import { given, take, type ArticleInput, type ArticleNode, type ArticleUse, type EditedArticle, type SentArticle } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

const article = (article_id: string) => ({ path: { article_id } });
const KEY = "knowledge";

export type Language = ArticleInput["language"];
export interface EditedFilter {
  readonly search?: string;
  readonly status?: "" | "published" | "draft" | "changed" | "withdrawn";
  readonly language?: Language;
  readonly limit: number;
  readonly offset: number;
}

/** Published articles; with nothing typed those that were published last. The language is preferred. */
export const useFound = (search: string, language: Language, enabled: boolean) =>
  useQuery({
    queryKey: [KEY, "found", search, language],
    queryFn: ({ signal }) => take(api.GET("/api/knowledge", { params: { query: { search, language, limit: 20 } }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });

export const articleKey = (id: string) => [KEY, "article", id] as const;
export const useArticle = (id: string) => useQuery({ queryKey: articleKey(id), queryFn: () => take(api.GET("/api/knowledge/{article_id}", { params: article(id) })) });

/** Below the key of the screen pop: whatever renews that renews this. */
export const contactKnowledgeKey = (contactId: string) => ["screen-pop", contactId, "knowledge"] as const;
/** What to look at for a contact; asked again when something about it changes (`state`). */
export const useContactKnowledge = (contactId: string | null, state: string) =>
  useQuery({
    queryKey: [...contactKnowledgeKey(contactId ?? ""), state],
    queryFn: () => take(api.GET("/api/desk/contacts/{contact_id}/knowledge", { params: { path: { contact_id: contactId ?? "" } } })),
    placeholderData: (before, query) => (query?.queryKey[1] === contactId ? before : undefined),
    enabled: contactId !== null,
  });

export const noteUse = (contact_id: string, article_id: string, how: ArticleUse): Promise<SentArticle> =>
  take(api.POST("/api/desk/contacts/{contact_id}/knowledge/{article_id}/use", { params: { path: { contact_id, article_id } }, body: { how } }));

export const sayHelped = (id: string, helped: boolean, contact_id: string | null) =>
  take(api.POST("/api/knowledge/{article_id}/feedback", { params: article(id), body: { helped, contact_id } }));

export const editedKey = [KEY, "edited"] as const;
export const useEditedList = (filter: EditedFilter) =>
  useQuery({
    queryKey: [...editedKey, "list", filter],
    queryFn: ({ signal }) => take(api.GET("/api/knowledge-articles", { params: { query: given(filter) }, signal })),
    placeholderData: keepPreviousData,
  });

export const useEdited = (id: string | null) =>
  useQuery({ queryKey: [...editedKey, id], queryFn: () => take(api.GET("/api/knowledge-articles/{article_id}", { params: article(id ?? "") })), enabled: id !== null, staleTime: 0 });

export const useVersions = (id: string, version: number) =>
  useQuery({
    queryKey: [...editedKey, id, "versions", version],
    queryFn: async () => (await take(api.GET("/api/knowledge-articles/{article_id}/versions", { params: article(id) }))).items,
  });

export const useDifference = (id: string, before: number, after: number) =>
  useQuery({
    queryKey: [...editedKey, id, "difference", before, after],
    queryFn: async () => (await take(api.GET("/api/knowledge-articles/{article_id}/difference", { params: { ...article(id), query: { before, after } } }))).changes,
    enabled: before >= 1,
  });

export const useKnownWords = () => useQuery({ queryKey: [KEY, "choices"], queryFn: () => take(api.GET("/api/knowledge/choices")), staleTime: 60_000 });

export const usePreview = (text: string) =>
  useQuery({
    queryKey: [KEY, "preview", text],
    queryFn: async (): Promise<readonly ArticleNode[]> => (await take(api.POST("/api/knowledge-articles/preview", { body: { text } }))).nodes,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

export const makeArticle = (body: ArticleInput): Promise<EditedArticle> => take(api.POST("/api/knowledge-articles", { body }));
export const changeArticle = (id: string, body: ArticleInput): Promise<EditedArticle> => take(api.PUT("/api/knowledge-articles/{article_id}", { params: article(id), body }));
export const publishArticle = (id: string): Promise<EditedArticle> => take(api.POST("/api/knowledge-articles/{article_id}/publish", { params: article(id) }));
export const withdrawArticle = (id: string): Promise<EditedArticle> => take(api.POST("/api/knowledge-articles/{article_id}/withdraw", { params: article(id) }));
/** Only of an article that never was published; `version`: the newest that was seen. */
export const deleteDraft = (article_id: string, version: number): Promise<unknown> =>
  take(api.DELETE("/api/knowledge-articles/{article_id}", { params: { path: { article_id }, query: { version } } }));
export const restoreVersion = (id: string, version: number): Promise<EditedArticle> =>
  take(api.POST("/api/knowledge-articles/{article_id}/versions/{version}/restore", { params: { path: { article_id: id, version } } }));
