import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const provides = 'Deployment/payment metadata.annotations["slipway.dev/provides"]';
const consumes = 'Deployment/order metadata.annotations["slipway.dev/contracts"]';

// biome-ignore format: one case a line
export const cases: Cases = {
  "contracts-declared": { fails: { [consumes]: undefined }, boundary: { [consumes]: undefined, 'Deployment/order spec.template.metadata.annotations["slipway.dev/contracts"]': "payment@1" }, unknown: { [consumes]: UNKNOWN } },
  "contracts-match": { fails: { [consumes]: "payment@2" }, boundary: { [consumes]: "payment@3", [provides]: "payment@2, payment@3" } },
};
