import type { types } from "@pulumi/kubernetes";
import { type Input, type Output, secret } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import type { BrokerConnection, DatabaseConnection } from "../platform.ts";
import { metadata, type Owner } from "./metadata.ts";

/** Everything a service reads at its start that is no secret. */
export function settings(
  plan: WorkloadPlan, broker: BrokerConnection | null, database: DatabaseConnection | null,
): Record<string, Input<string>> {
  return {
    ...plan.settings,
    ...(broker ? { KAFKA_BROKERS: broker.brokers, KAFKA_AUTH: broker.auth } : {}),
    ...(database ? { ...address(database), DATABASE_USER: database.app.user } : {}),
  };
}

/** The ConfigMap has no name of its own, so a changed value makes a new one and rolls the pods. */
export function settingsMap(owner: Owner, data: Record<string, Input<string>>): types.input.core.v1.ConfigMap {
  return { metadata: metadata(owner), data };
}

/** Everything the migration needs to connect as the user who may change tables; all of it in one Secret. */
export function migratorCredential(database: DatabaseConnection): Record<string, Input<string>> {
  const { user, password } = database.migrator;
  return { ...address(database), DATABASE_NAME: database.name, DATABASE_USER: user, DATABASE_PASSWORD: password };
}

/** A Secret, unnamed like the settings: a rotated password rolls the pods. */
export function credential(
  owner: Owner, stringData: Record<string, Input<string>>,
): { metadata: ReturnType<typeof metadata>; type: string; stringData: Output<Record<string, Input<string>>> } {
  return { metadata: metadata(owner), type: "Opaque", stringData: secret(stringData) as Output<Record<string, Input<string>>> };
}

function address({ host, port, tls }: DatabaseConnection): Record<string, Input<string>> {
  return { DATABASE_HOST: host, DATABASE_PORT: String(port), DATABASE_TLS: tls };
}
