import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import { ConfigMap, Job, NetworkPolicy, Secret, ServiceAccount } from "../kinds.ts";
import { secretVariables, settingVariables } from "../manifests/environment.ts";
import { ALWAYS_ANEW, job } from "../manifests/pods/job.ts";
import { allow, type Allowed } from "../manifests/network-policy.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential, settingsMap } from "../manifests/settings.ts";
import { type Site, storeOwner } from "./site.ts";

/** What fills one store: which task of the job image, what it reads, where it connects. */
export interface Task {
  readonly name: string;
  /** What the job image is asked to do; the name, unless several Jobs do the same. */
  readonly command?: string;
  /** Seen under /etc/slipway. */
  readonly files: Record<string, string>;
  /** Seen as variables. */
  readonly variables: Record<string, string>;
  /** Seen as variables, from a Secret; null where the task needs none. */
  readonly secrets: Record<string, Input<string>> | null;
  readonly store: Allowed;
  readonly after: readonly Resource[];
}

/** Runs one task of the job image to its end; again when what it reads has changed. */
export function runOnce(site: Site, task: Task, opts: CustomResourceOptions): Job {
  const owner = storeOwner(site, task.name, "job");
  const name = `${site.plan.name}-${task.name}`;
  const files = new ConfigMap(name, settingsMap(owner, { ...task.files, ...task.variables }), opts);
  const secret = task.secrets && new Secret(name, credential(owner, task.secrets), opts);
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const network = new NetworkPolicy(name, allow(owner, [], [task.store]), opts);
  const parts = {
    owner,
    image: site.image("job"),
    serviceAccount: account.metadata.name,
    files: files.metadata.name,
    command: ["node", "/app/job.mjs", task.command ?? task.name],
    memory: "192Mi",
    env: [
      ...settingVariables(Object.keys(task.variables), files.metadata.name),
      ...(secret ? secretVariables(Object.keys(task.secrets ?? {}), secret.metadata.name) : []),
    ],
  };
  return new Job(name, job(parts), { ...opts, ...ALWAYS_ANEW, dependsOn: [network, ...task.after] });
}
