/** The door `slipway/kit`: what services on the kit are written with. */

export { type Kit, runService, type ServiceDefinition } from "../runtime/service.ts";
export type { Migration } from "../runtime/database/migrate.ts";
export type { Event } from "../runtime/events/envelope.ts";
export { EarlyEvent } from "../runtime/events/inbox.ts";
export type { Work } from "../runtime/events/unit-of-work.ts";
export { type Call, CalleeUnavailable, tryLater } from "../runtime/http/edge.ts";
export type { Http } from "../runtime/http/http.ts";
export { pageOf, PageQuery, readPage } from "../runtime/http/paging.ts";
export { conflict, notFound, Refusal, unavailable } from "../runtime/http/refusal.ts";
export { createLog, type Log } from "../runtime/process/log.ts";
export type { EdgeSettings } from "../runtime/process/settings.ts";
export { shortened } from "../runtime/process/shortened.ts";
export { Timestamp } from "../runtime/process/timestamp.ts";
