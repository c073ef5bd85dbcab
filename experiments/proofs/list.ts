import type { Experiment } from "../words.ts";
import { breaker } from "./breaker.ts";
import { brokerDown } from "./broker-down.ts";
import { consumerDown } from "./consumer-down.ts";
import { databaseDown } from "./database-down.ts";
import { rollout } from "./rollout.ts";
import { selfHealing } from "./self-healing.ts";

/** Every experiment of the platform, the most important first. */
export const EXPERIMENTS: readonly Experiment[] = [
  rollout,
  breaker,
  consumerDown,
  selfHealing,
  brokerDown,
  databaseDown,
];
