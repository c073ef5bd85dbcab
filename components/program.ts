import type { types } from "@pulumi/kubernetes";
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
import type { EntryConnection, Platform, RightsConnection } from "./platform.ts";
import { programNetwork } from "./program-network.ts";
import type { Surroundings } from "./variables.ts";

type EnvVar = types.input.core.v1.EnvVar;

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
  const rights = platform.rights(plan.name);
  const env = withRights(environment(name, { plan, owner, around }, child), rights);
  const account = new ServiceAccount(name, serviceAccount(owner), child);
  const network = programNetwork(name, { plan, owner, platform, around, entry }, child);
  const claim =
    plan.volume && new PersistentVolumeClaim(name, volumeClaim(owner, plan.volume.size, storageClass), child);
  const build = { plan, owner, serviceAccount: account.metadata.name };
  const files = [...laidFiles(name, { plan, owner, platform }, child), ...rights.files];
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
        const beside = platform.image(`${plan.name}/${program.name}`);
        const mounts = rights.files.flatMap((file) => file.mounts);
        return besideContainer(program, { plan, image: beside, env: withRights(own, rights), mounts });
      }),
    },
    ready: [
      ...network,
      ...rights.ready,
      ...(around.broker?.ready ?? []),
      ...(migration ? [migration] : stores.flatMap(({ ready }) => ready)),
    ],
  };
}

/** What the description says itself stays as it is. */
function withRights(env: readonly EnvVar[], rights: RightsConnection): EnvVar[] {
  const said = env.map(({ name }) => name);
  return [...env, ...rights.env.filter(({ name }) => !said.includes(name))];
}

function surroundings(plan: WorkloadPlan, platform: Platform, entry: EntryConnection | null): Surroundings {
  const stores = plan.uses.map(({ store }) => {
    const connection = platform.store(store);
    return [store, { connection, login: connection.login(plan.name) }] as const;
  });
  return { platform, broker: plan.network.toKafka ? platform.broker(plan.name) : null, stores: new Map(stores), entry };
}
