import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import { fittingName, MOST } from "./fitting-name.ts";
import { Job, NetworkPolicy, Secret } from "./kinds.ts";
import { secretVariables, settingVariables, VERSION_VARIABLE } from "./manifests/environment.ts";
import { ALWAYS_ANEW, job } from "./manifests/job.ts";
import type { Owner } from "./manifests/metadata.ts";
import { allow } from "./manifests/network-policy.ts";
import { credential, migratorCredential } from "./manifests/settings.ts";
import type { DatabaseConnection, ImageConnection } from "./platform.ts";

/** Whose database is migrated, and with which build. */
export interface MigrationParts {
  /** What runs it needs as much memory as the service: it is the same program. */
  readonly plan: Pick<WorkloadPlan, "resources">;
  /** The service; the Job's pods carry its name and the component "migration". */
  readonly owner: Owner;
  readonly image: ImageConnection;
  readonly database: DatabaseConnection;
  readonly serviceAccount: Input<string>;
  /** The service's own ConfigMap and its keys: a setting it cannot read fails here, before any pod is replaced. */
  readonly settings: { readonly name: Input<string>; readonly keys: readonly string[] };
}

/**
 * Brings a service's tables to what its next version needs. The rollout depends on it, so new code never meets old
 * tables; the service itself gets no user that may change them. Returns the Job.
 */
export function migrate(name: string, parts: MigrationParts, opts: CustomResourceOptions): Job {
  const { plan, image, database, serviceAccount, settings } = parts;
  const owner: Owner = { ...parts.owner, component: "migration" };
  const values = migratorCredential(database);

  const secret = new Secret(`${name}-migration`, credential(owner, values), opts);
  const network = new NetworkPolicy(
    `${name}-migration`,
    allow(owner, [], [{ peers: database.peers, port: database.port }]),
    opts,
  );
  const command = ["node", "/app/service.mjs", "migrate"];
  const shared = settings.keys.filter((key) => !(key in values));
  return new Job(
    fittingName(`${name}-migration`, MOST.job),
    job({
      owner,
      image,
      command,
      serviceAccount,
      memory: plan.resources.memory,
      files: null,
      env: [
        ...settingVariables(shared, settings.name),
        VERSION_VARIABLE,
        ...secretVariables(Object.keys(values), secret.metadata.name),
      ],
    }),
    { ...opts, ...ALWAYS_ANEW, dependsOn: [network, ...database.ready] },
  );
}
