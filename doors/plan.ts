/** The door `slipway/plan`: what follows from a description, before any engine is asked. Pure: no input, output, clock or Pulumi. */

export { assertDeployable, assertValid, checkSystem } from "../model/check.ts";
export { type Broken, type Fault, InvalidSystem } from "../model/fault.ts";
export { type ObjectivePlan, planSystem, type SystemPlan } from "../model/plan.ts";
export type { EntryPlan, RoutePlan } from "../model/plan/edges/entry.ts";
export type { StorePlan } from "../model/plan/stores.ts";
export type { WorkloadPlan } from "../model/plan/workload.ts";
export { STAGE, type Stage, type StageNumbers, STAGES } from "../model/stage.ts";
