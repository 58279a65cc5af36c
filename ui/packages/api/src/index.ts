export { ApiError } from "./errors";
export { createRequester, type Requester } from "./request";
export type * from "./types";
export type * from "./live";
