import type { types } from "@pulumi/kubernetes";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import { fittingName, MOST } from "./fitting-name.ts";
import { Job, NetworkPolicy } from "./kinds.ts";
import { ALWAYS_ANEW, job, jobSeconds } from "./manifests/pods/job.ts";
import { type Mounted, writableFolders } from "./manifests/pods/pod.ts";
import type { MigrationPlan } from "../model/plan/program/migration.ts";
import type { Owner } from "./manifests/metadata.ts";
import { allow } from "./manifests/network-policy.ts";
import type { Platform } from "./platform.ts";
import { Secret } from "./kinds.ts";
import { secretVariables } from "./manifests/environment.ts";
import { credential } from "./manifests/settings.ts";
import { tellsWhoLogsIn } from "../model/plan/program/pieces.ts";
import { resolveVariables, type Surroundings } from "./variables.ts";

/** Whose tables are migrated, and with which build. */
export interface MigrationParts {
  readonly plan: WorkloadPlan;
  /** The service; the Job's pods carry its name and the component "migration". */
  readonly owner: Owner;
  readonly platform: Platform;
  readonly around: Surroundings;
  readonly serviceAccount: Input<string>;
  /** What the service reads. */
  readonly env: readonly types.input.core.v1.EnvVar[];
  /** Files that the service reads. */
  readonly files: readonly Mounted[];
}

/** Kubernetes reports the missed deadline itself; this much later Pulumi stops waiting for the report. */
const REPORT_SECONDS = 15;

/**
 * Brings a service's tables to what its next version needs. The rollout depends on it, so new code never meets old
 * tables; the service itself gets no user that may change them. It reads what the service reads: a setting it cannot
 * read fails here, before any pod is replaced. Returns the Job; null where there is nothing to do before.
 */
export function migrate(name: string, parts: MigrationParts, opts: CustomResourceOptions): Job | null {
  const { plan, platform, serviceAccount } = parts;
  const { migration } = plan;
  if (migration === null) return null;
  const owner: Owner = { ...parts.owner, component: "migration" };
  const stores = [...parts.around.stores.values()].map(({ connection }) => connection);
  const rules = stores.map(({ peers, port }) => ({ peers, port }));

  const network = new NetworkPolicy(`${name}-migration`, allow(owner, [], rules), opts);
  return new Job(
    fittingName(`${name}-migration`, MOST.job),
    job({
      owner,
      image: platform.image(migration.source === null ? plan.name : `${plan.name}/migration`),
      command: migration.run,
      serviceAccount,
      memory: plan.resources.memory,
      user: plan.user,
      attemptSeconds: migration.endsWithinSeconds,
      files: null,
      mounted: [...writableFolders(plan), ...parts.files],
      env: asMigrator(name, { ...parts, owner }, opts),
    }),
    { ...opts, ...ALWAYS_ANEW, ...deadline(migration), dependsOn: [network, ...stores.flatMap(({ ready }) => ready)] },
  );
}

/** The update waits as long as the attempts may take, instead of Pulumi's own ten minutes. */
function deadline({ endsWithinSeconds }: MigrationPlan): CustomResourceOptions {
  const whole = `${jobSeconds({ attemptSeconds: endsWithinSeconds }) + REPORT_SECONDS}s`;
  return { customTimeouts: { create: whole, update: whole } };
}

/** What the service reads, with the user that may change tables wherever it reads its own. */
function asMigrator(
  name: string,
  { plan, owner, around, env }: MigrationParts,
  opts: CustomResourceOptions,
): types.input.core.v1.EnvVar[] {
  const logins = Object.entries(plan.composed).filter(([, pieces]) => pieces.some(tellsWhoLogsIn));
  if (logins.length === 0) return [...env];
  const stores = [...around.stores].map(
    ([store, { connection, login }]) => [store, { connection, login: connection.migrator ?? login }] as const,
  );
  const composed = Object.fromEntries(logins);
  const { plain, secret } = resolveVariables(
    { settings: {}, composed, ofPod: {} },
    { ...around, stores: new Map(stores) },
  );
  const kept = new Secret(`${name}-migration`, credential(owner, { ...plain, ...secret }), opts);
  const others = env.filter((variable) => !("name" in variable) || !Object.hasOwn(composed, String(variable.name)));
  return [...others, ...secretVariables(Object.keys(composed), kept.metadata.name)];
}
