/** People of the business, for administrators. */
import type { Page, Person, PersonInput } from "@huying/api";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { query, request } from "./request";

export function usePeople(search: string): UseQueryResult<Page<Person>> {
  return useQuery({
    queryKey: ["people", search],
    queryFn: () => request<Page<Person>>("GET", `/api/people${query({ search, limit: 500 })}`),
    placeholderData: keepPreviousData,
  });
}

export const addPerson = (input: PersonInput): Promise<Person> => request("POST", "/api/people", input);
export const changePerson = (id: string, change: Partial<Person>): Promise<Person> => request("PATCH", `/api/people/${id}`, change);
export const setPassword = (id: string, password: string): Promise<void> => request("POST", `/api/people/${id}/password`, { password });
