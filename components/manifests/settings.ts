import type { types } from "@pulumi/kubernetes";
import { type Input, type Output, secret } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import type { BrokerConnection, DatabaseConnection } from "../platform.ts";
import { metadata, type Owner } from "./metadata.ts";

/** Everything a service reads at its start that is no secret. */
export function settings(
  plan: WorkloadPlan,
  broker: BrokerConnection | null,
  database: DatabaseConnection | null,
): Record<string, Input<string>> {
  return {
    ...plan.settings,
    ...(broker ? { KAFKA_BROKERS: broker.brokers, KAFKA_AUTH: broker.auth } : {}),
    ...(database ? databaseSettings(database) : {}),
  };
}

/** The ConfigMap has no name of its own, so a changed value makes a new one and rolls the pods. */
export function settingsMap(owner: Owner, data: Record<string, Input<string>>): types.input.core.v1.ConfigMap {
  return { metadata: metadata(owner), data };
}

/** What the migration has instead of the service's own user: the one who may change tables. */
export function migratorCredential({ migrator }: DatabaseConnection): Record<string, Input<string>> {
  return { DATABASE_USER: migrator.user, DATABASE_PASSWORD: migrator.password };
}

/** A Secret, unnamed like the settings: a rotated password rolls the pods. */
export function credential(
  owner: Owner,
  stringData: Record<string, Input<string>>,
): { metadata: ReturnType<typeof metadata>; type: string; stringData: Output<Record<string, Input<string>>> } {
  return {
    metadata: metadata(owner),
    type: "Opaque",
    stringData: secret(stringData) as Output<Record<string, Input<string>>>,
  };
}

function databaseSettings({ host, port, tls, app }: DatabaseConnection): Record<string, Input<string>> {
  return { DATABASE_HOST: host, DATABASE_PORT: String(port), DATABASE_TLS: tls, DATABASE_USER: app.user };
}
