import * as pulumi from "@pulumi/pulumi";
import {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Secret,
  Service,
  ServiceAccount,
} from "./kinds.ts";
import { PORT, TOKEN } from "../model/names.ts";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import { autoscaler } from "./manifests/autoscaler.ts";
import { deployment, type DeploymentParts } from "./manifests/deployment.ts";
import { disruptionBudget } from "./manifests/disruption-budget.ts";
import { egressOf, ingressOf } from "./manifests/edges.ts";
import { secretVariables, settingVariables, VERSION_VARIABLE } from "./manifests/environment.ts";
import type { Owner } from "./manifests/metadata.ts";
import { allow } from "./manifests/network-policy.ts";
import { service } from "./manifests/service.ts";
import { serviceAccount } from "./manifests/service-account.ts";
import { credential, settings, settingsMap } from "./manifests/settings.ts";
import { volumeClaim } from "./manifests/volume-claim.ts";
import { migrate, type MigrationParts } from "./migration.ts";
import type { EntryConnection, Platform } from "./platform.ts";

export interface MicroserviceArgs {
  readonly plan: WorkloadPlan;
  readonly platform: Platform;
  /** The public entry, where it has routes to this service. */
  readonly entry: EntryConnection | null;
}

/** Kubernetes reports the missed deadline itself; this much later Pulumi stops waiting for the report. */
const REPORT_SECONDS = 15;

/** One microservice: settings, credentials, migration, pods, address, autoscaler, disruption budget and network rules. */
export class Microservice extends pulumi.ComponentResource {
  /** Address inside the cluster. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, { plan, platform, entry }: MicroserviceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN.microservice, name, { plan }, opts); // plain data, so policies can compare it with what exists
    const { provider, namespace, storageClass } = platform.cluster;
    const owner: Owner = { namespace, system: plan.system, name: plan.name, component: "service", team: plan.owner };
    const child = { parent: this, provider };
    const image = platform.image(plan.name);
    const broker = plan.network.toKafka ? platform.broker(plan.name) : null;
    const database = plan.database === null ? null : platform.database(plan.name);
    const neighbours = { broker, database, entry: plan.network.fromEntry ? entry : null };

    const values = settings(plan, broker, database);
    const map = new ConfigMap(name, settingsMap(owner, values), child);
    const mapped = { name: map.metadata.name, keys: Object.keys(values) };
    const secret = database && new Secret(name, credential(owner, { DATABASE_PASSWORD: database.app.password }), child);
    const account = new ServiceAccount(name, serviceAccount(owner), child);
    const traffic = allow(owner, ingressOf(plan.network, neighbours), egressOf(plan.network, neighbours));
    const network = new NetworkPolicy(name, traffic, child);
    const volume =
      plan.volume && new PersistentVolumeClaim(name, volumeClaim(owner, plan.volume.size, storageClass), child);
    const build = { plan, owner, image, serviceAccount: account.metadata.name };
    const migration = database && migrate(name, { ...build, database, settings: mapped }, child);
    const env = environment(mapped, secret && secret.metadata.name);
    const pods = new Deployment(name, deployment({ ...build, env, claim: volume && volume.metadata.name }), {
      ...child,
      ...rolloutDeadline(plan),
      dependsOn: [network, ...(broker?.ready ?? []), ...(migration ? [migration] : [])],
    });
    const address = new Service(name, service(owner), { ...child, dependsOn: pods });
    if (!volume) new HorizontalPodAutoscaler(name, autoscaler(owner, plan, pods.metadata.name), child);
    new PodDisruptionBudget(name, disruptionBudget(owner), child);

    this.url = pulumi.interpolate`http://${address.metadata.name}:${PORT.http}`;
    this.registerOutputs({ url: this.url });
  }
}

/** Every setting, the version and, where there is a database, its password. */
function environment(
  { name, keys }: MigrationParts["settings"],
  secret: pulumi.Input<string> | null,
): DeploymentParts["env"] {
  return [
    ...settingVariables(keys, name),
    VERSION_VARIABLE,
    ...(secret === null ? [] : secretVariables(["DATABASE_PASSWORD"], secret)),
  ];
}

/** The update fails when the rollout has not finished by then, instead of after Pulumi's own ten minutes. */
function rolloutDeadline({ rollout }: WorkloadPlan): pulumi.CustomResourceOptions {
  const whole = `${rollout.deadlineSeconds + REPORT_SECONDS}s`;
  return { customTimeouts: { create: whole, update: whole } };
}
