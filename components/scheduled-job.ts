import * as pulumi from "@pulumi/pulumi";
import { CronJob } from "./kinds.ts";
import { TOKEN } from "../model/names.ts";
import { cronJob } from "./manifests/pods/cron-job.ts";
import { program, type ProgramArgs } from "./program.ts";

/** A program that runs to its end at its times: settings, credentials, migration, schedule and network rules. */
export class ScheduledJob extends pulumi.ComponentResource {
  constructor(name: string, args: ProgramArgs, opts?: pulumi.ComponentResourceOptions) {
    const { plan, platform } = args;
    super(TOKEN.scheduledJob, name, { plan }, opts); // plain data, so policies can compare it with what exists
    if (plan.job === null) throw new Error(`${plan.name} runs all the time and has no schedule`);
    const child = { parent: this, provider: platform.cluster.provider };
    const { pods, ready } = program(name, args, child);
    new CronJob(name, cronJob(pods, plan.job), { ...child, dependsOn: [...ready] });
    this.registerOutputs({});
  }
}
