/** The door `slipway`: the words in which a system is described. It imports nothing else. */

export { type Draft, draftSystem, type DraftSystem } from "../model/draft.ts";
export { defineSystem, type Entry, type System } from "../model/system.ts";
export { fact, secret, template } from "../model/words/value.ts";
export type { Composed, Fact, FactOf, File, SecretValue, Value } from "../model/words/value.ts";
export type { Access, OwnIssuer, SignIn } from "../model/words/access.ts";
export type { Answer, Health, HealthPreset, Protocol } from "../model/words/answer.ts";
export type { Declined } from "../model/words/declined.ts";
export type { Call, CallSetting, Contract, KeptBy, OnFailure, Outside, StandIn } from "../model/words/edge.ts";
export type { Event, EventSchema } from "../model/words/event.ts";
export type { Measure, MeasureAlert } from "../model/words/measure.ts";
export type { Measured, Objective, PrometheusSeries, Share, Tier } from "../model/words/promise.ts";
export type { Beside, Job, Needs, Part, PublicPath, Right, Scale, Service, Worker } from "../model/words/service.ts";
export type { Build, Image, Kit, Made, Source } from "../model/words/source.ts";
export type { ExistingStore, Folder, Keeps, Migration, Store, StoreKind, Use } from "../model/words/store.ts";
