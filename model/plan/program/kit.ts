import { DEFAULTS } from "../../defaults.ts";
import { groupName, PORT, settingPrefix } from "../../names.ts";
import { STAGE, type Stage } from "../../stage.ts";
import { callSettings, type CallPlan } from "../edges/calls.ts";
import type { Variables } from "./pieces.ts";
import type { RolloutPlan } from "./rollout.ts";
import type { UsePlan } from "../uses.ts";
import type { TopicUse } from "../messaging.ts";

/** What the kit has to know of its own service. */
interface OnKit {
  readonly system: string;
  readonly name: string;
  readonly stage: Stage;
  readonly calls: readonly CallPlan[];
  readonly topics: TopicUse;
  readonly store: UsePlan | undefined;
  /** Of that store, inside its server. */
  readonly database: string | null;
  readonly rollout: RolloutPlan;
}

/** The variables that every program on the kit reads: a preset like any other, in the kit's own words. */
export function kitVariables({ system, name, stage, calls, topics, store, database, rollout }: OnKit): Variables {
  const numbers = STAGE[stage];
  const usesKafka = topics.writes.length + topics.reads.length > 0;
  return {
    settings: {
      SYSTEM: system,
      SERVICE: name,
      STAGE: stage,
      LOG_LEVEL: numbers.logLevel,
      PORT: String(PORT.http),
      METRICS_PORT: String(PORT.metrics),
      DRAIN_SECONDS: String(rollout.drainSeconds),
      FAULTS_ENABLED: String(numbers.faults),
      ...(topics.writes[0] ? { KAFKA_TOPIC: topics.writes[0] } : {}),
      ...(topics.reads.length > 0
        ? { KAFKA_CONSUME: topics.reads.join(","), KAFKA_GROUP: groupName(system, name) }
        : {}),
      ...(store && database
        ? {
            DATABASE_ENGINE: store.kind === "postgres" ? "postgres" : "mariadb", // which speaks MySQL's words too
            DATABASE_NAME: database,
            DATABASE_POOL: String(store.pool ?? DEFAULTS.database.pool.value),
          }
        : {}),
      ...Object.assign({}, ...calls.map((call) => callSettings(settingPrefix(call.callee), call))),
    },
    composed: {
      ...(usesKafka ? { KAFKA_BROKERS: [{ broker: "brokers" }], KAFKA_AUTH: [{ broker: "auth" }] } : {}),
      ...(store ? storePieces(store.store) : {}),
    },
    ofPod: { VERSION: "version" },
  };
}

function storePieces(store: string): Variables["composed"] {
  return {
    DATABASE_HOST: [{ store, fact: "host" }],
    DATABASE_PORT: [{ store, fact: "port" }],
    DATABASE_TLS: [{ store, fact: "tls" }],
    DATABASE_USER: [{ store, fact: "user" }],
    DATABASE_PASSWORD: [{ store, fact: "password" }],
  };
}
