/** Tags as the administration keeps them. */
import { take, type Tag } from "@huying/api";
import { api } from "./api";

const tag = (tag_id: string) => ({ path: { tag_id } });

export const addTag = (body: { name: string; colour: string }): Promise<Tag> => take(api.POST("/api/tags", { body }));
export const changeTag = (id: string, body: { name: string; colour: string; listed: boolean }): Promise<Tag> => take(api.PATCH("/api/tags/{tag_id}", { params: tag(id), body }));
export const removeTag = (id: string): Promise<unknown> => take(api.DELETE("/api/tags/{tag_id}", { params: tag(id) }));
