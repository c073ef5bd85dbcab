import * as pulumi from "@pulumi/pulumi";
import { Deployment, HorizontalPodAutoscaler, PodDisruptionBudget, Service } from "./kinds.ts";
import { TOKEN } from "../model/names.ts";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import { autoscaler } from "./manifests/autoscaler.ts";
import { deployment } from "./manifests/pods/deployment.ts";
import { disruptionBudget } from "./manifests/disruption-budget.ts";
import { service } from "./manifests/service.ts";
import { program, type ProgramArgs } from "./program.ts";

/** Kubernetes reports the missed deadline itself; this much later Pulumi stops waiting for the report. */
const REPORT_SECONDS = 15;

/** A service or worker: settings, credentials, migration, pods, address, autoscaler, disruption budget and network rules. */
export class Microservice extends pulumi.ComponentResource {
  constructor(name: string, args: ProgramArgs, opts?: pulumi.ComponentResourceOptions) {
    const { plan, platform } = args;
    super(TOKEN.microservice, name, { plan }, opts); // plain data, so policies can compare it with what exists
    const child = { parent: this, provider: platform.cluster.provider };
    const { owner, pods, ready } = program(name, args, child);
    const running = new Deployment(name, deployment(pods), {
      ...child,
      ...rolloutDeadline(plan),
      dependsOn: [...ready],
    });
    if (plan.answers.length > 0) new Service(name, service(owner, plan), { ...child, dependsOn: running });
    if (plan.scale.max > 1) new HorizontalPodAutoscaler(name, autoscaler(owner, plan, running.metadata.name), child);
    new PodDisruptionBudget(name, disruptionBudget(owner), child);
    this.registerOutputs({});
  }
}

/** The update fails when the rollout has not finished by then, instead of after Pulumi's own ten minutes. */
function rolloutDeadline({ rollout }: WorkloadPlan): pulumi.CustomResourceOptions {
  const whole = `${rollout.deadlineSeconds + REPORT_SECONDS}s`;
  return { customTimeouts: { create: whole, update: whole } };
}
