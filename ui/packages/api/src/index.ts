export { cookieValue, createApi, given, take, type Api, type ApiOptions } from "./client";
export { ApiError } from "./errors";
export type * from "./types";
export type * from "./live";
