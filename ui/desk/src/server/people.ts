/** People of the business, for administrators. */
import { take, type Person, type PersonChange, type PersonInput } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./api";

export const usePeople = (search: string) =>
  useQuery({
    queryKey: ["people", search],
    queryFn: () => take(api.GET("/api/people", { params: { query: { search, limit: 500 } } })),
    placeholderData: keepPreviousData,
  });

const person = (person_id: string) => ({ path: { person_id } });

export const addPerson = (body: PersonInput): Promise<Person> => take(api.POST("/api/people", { body }));
export const changePerson = (id: string, body: PersonChange): Promise<Person> => take(api.PATCH("/api/people/{person_id}", { params: person(id), body }));
export const setPassword = (id: string, password: string): Promise<unknown> =>
  take(api.POST("/api/people/{person_id}/password", { params: person(id), body: { password } }));
