import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import { PersistentVolumeClaim, ServiceAccount } from "./kinds.ts";
import { laidFiles } from "./laid-files.ts";
import { besideContainer } from "./manifests/pods/container.ts";
import type { Owner } from "./manifests/metadata.ts";
import type { PodParts } from "./manifests/pods/pod.ts";
import { serviceAccount } from "./manifests/service-account.ts";
import { volumeClaim } from "./manifests/volume-claim.ts";
import { environment } from "./environment.ts";
import { migrate } from "./migration.ts";
import type { EntryConnection, Platform } from "./platform.ts";
import { programNetwork } from "./program-network.ts";
import type { Surroundings } from "./variables.ts";

export interface ProgramArgs {
  readonly plan: WorkloadPlan;
  readonly platform: Platform;
  /** The public entry of the system; null where nobody outside may ask. */
  readonly entry: EntryConnection | null;
}

/** A program with everything its pods need, and what must exist before they start. */
export interface Program {
  readonly owner: Owner;
  readonly pods: PodParts;
  readonly ready: readonly Resource[];
}

/** Settings, credentials, files, network rules and migration of one program: the same for services, workers and jobs. */
export function program(name: string, { plan, platform, entry }: ProgramArgs, child: CustomResourceOptions): Program {
  const { namespace, storageClass } = platform.cluster;
  const owner: Owner = { namespace, system: plan.system, name: plan.name, component: "service", team: plan.owner };
  const image = platform.image(plan.name);
  const around = surroundings(plan, platform, entry);
  const stores = [...around.stores.values()].map(({ connection }) => connection);
  const env = environment(name, { plan, owner, around }, child);
  const account = new ServiceAccount(name, serviceAccount(owner), child);
  const network = programNetwork(name, { plan, owner, platform, around, entry }, child);
  const claim =
    plan.volume && new PersistentVolumeClaim(name, volumeClaim(owner, plan.volume.size, storageClass), child);
  const build = { plan, owner, serviceAccount: account.metadata.name };
  const files = laidFiles(name, { plan, owner, platform }, child);
  const migration = migrate(name, { ...build, platform, around, env, files }, child);
  return {
    owner,
    pods: {
      ...build,
      image,
      env,
      claim: claim && claim.metadata.name,
      files,
      beside: plan.beside.map((program) => {
        const own = environment(`${name}-${program.name}`, { plan: program, owner, around }, child);
        return besideContainer(program, { plan, image: platform.image(`${plan.name}/${program.name}`), env: own });
      }),
    },
    ready: [
      ...network,
      ...platform.rights(plan.name),
      ...(around.broker?.ready ?? []),
      ...(migration ? [migration] : stores.flatMap(({ ready }) => ready)),
    ],
  };
}

function surroundings(plan: WorkloadPlan, platform: Platform, entry: EntryConnection | null): Surroundings {
  const stores = plan.uses.map(({ store }) => {
    const connection = platform.store(store);
    return [store, { connection, login: connection.login(plan.name) }] as const;
  });
  return { platform, broker: plan.network.toKafka ? platform.broker(plan.name) : null, stores: new Map(stores), entry };
}
