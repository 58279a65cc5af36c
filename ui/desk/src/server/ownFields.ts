/** The business's own fields of customers, companies and assets. */
import { take, type OwnField, type OwnFieldChange, type OwnFieldInput } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";

/** The fields that are shown, in the order of the form. */
export const useOwnFields = (subject: OwnField["subject"]) =>
  useQuery({
    queryKey: ["own-fields", subject],
    queryFn: async () => (await take(api.GET("/api/customer-fields", { params: { query: { subject } } }))).items,
    staleTime: 60_000,
  });

/** All fields of all subjects, also those that were taken away. */
export const useAllFields = () =>
  useQuery({ queryKey: ["own-fields", "all"], queryFn: async () => (await take(api.GET("/api/customer-fields", { params: { query: { all: true } } }))).items });

export const addField = (body: OwnFieldInput): Promise<OwnField> => take(api.POST("/api/customer-fields", { body }));
export const changeField = (field_id: string, body: OwnFieldChange): Promise<OwnField> =>
  take(api.PATCH("/api/customer-fields/{field_id}", { params: { path: { field_id } }, body }));
