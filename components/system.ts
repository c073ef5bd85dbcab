import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "./kinds.ts";
import { TOKEN } from "../model/names.ts";
import type { SystemPlan } from "../model/plan.ts";
import { Gateway } from "./gateway.ts";
import { catalogue } from "./manifests/catalogue.ts";
import type { Owner } from "./manifests/metadata.ts";
import { settingsMap } from "./manifests/settings.ts";
import { Microservice } from "./microservice.ts";
import { ScheduledJob } from "./scheduled-job.ts";
import type { Platform } from "./platform.ts";

export interface SystemArgs {
  readonly plan: SystemPlan;
  readonly platform: Platform;
}

/** A whole system: its event catalogue, its services and its public entry. */
export class System extends pulumi.ComponentResource {
  /** Where a client sends its requests; null where nobody outside may ask. */
  readonly url: pulumi.Output<string> | null;

  constructor(name: string, { plan, platform }: SystemArgs, opts?: pulumi.ComponentResourceOptions) {
    const { workloads, messaging, ...summary } = plan; // each workload registers its own plan
    super(TOKEN.system, name, { plan: { ...summary, topics: messaging.topics } }, opts);
    const { cluster } = platform;
    const owner: Owner = {
      namespace: cluster.namespace,
      system: plan.name,
      name: "gateway",
      component: "gateway",
      team: plan.owner,
    };
    const entry = plan.entry && platform.entry(plan.entry.routes);

    const document = settingsMap({ ...owner, name: "events", component: "catalogue" }, catalogue(plan));
    if (messaging.events.length > 0)
      new ConfigMap(`${name}-events`, document, { parent: this, provider: cluster.provider });
    for (const workload of workloads) {
      const Kind = workload.job === null ? Microservice : ScheduledJob;
      new Kind(`${name}-${workload.name}`, { plan: workload, platform, entry }, { parent: this });
    }
    const gateway =
      plan.entry &&
      entry &&
      new Gateway(`${name}-gateway`, { plan: plan.entry, owner, cluster, entry }, { parent: this });

    this.url = gateway && gateway.url;
    this.registerOutputs({ url: this.url });
  }
}
