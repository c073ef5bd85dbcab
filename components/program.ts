import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { FilePlan, WorkloadPlan } from "../model/plan/workload.ts";
import { ConfigMap, CustomResource, NetworkPolicy, PersistentVolumeClaim, Secret, ServiceAccount } from "./kinds.ts";
import { besideContainer } from "./manifests/pods/container.ts";
import { egressOf, ingressOf } from "./manifests/edges.ts";
import { fileKey, mountedFiles } from "./manifests/pods/files.ts";
import { namedEgress } from "./manifests/named-egress.ts";
import type { Owner } from "./manifests/metadata.ts";
import { allow } from "./manifests/network-policy.ts";
import type { Mounted, PodParts } from "./manifests/pods/pod.ts";
import { serviceAccount } from "./manifests/service-account.ts";
import { credential, settingsMap } from "./manifests/settings.ts";
import { volumeClaim } from "./manifests/volume-claim.ts";
import { environment } from "./environment.ts";
import { migrate } from "./migration.ts";
import type { EntryConnection, Platform } from "./platform.ts";
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
  const { egressByName } = platform.cluster;
  const neighbours = {
    broker: around.broker,
    stores,
    entry,
    outside: egressByName ? [] : plan.outside,
    traces: plan.sendsTraces ? platform.traces : null,
  };

  const env = environment(name, { plan, owner, around }, child);
  const account = new ServiceAccount(name, serviceAccount(owner), child);
  const rules = allow(owner, ingressOf(plan.network, plan.metrics, neighbours), egressOf(plan.network, neighbours));
  const network = new NetworkPolicy(name, rules, child);
  const named =
    egressByName && plan.outside.length > 0
      ? [new CustomResource(`${name}-outside`, namedEgress(owner, plan.outside), child)]
      : [];
  const claim =
    plan.volume && new PersistentVolumeClaim(name, volumeClaim(owner, plan.volume.size, storageClass), child);
  const build = { plan, owner, serviceAccount: account.metadata.name };
  const migration = migrate(name, { ...build, platform, around, env }, child);
  return {
    owner,
    pods: {
      ...build,
      image,
      env,
      claim: claim && claim.metadata.name,
      files: files(name, { plan, owner, platform }, child),
      beside: plan.beside.map((program) => {
        const own = environment(`${name}-${program.name}`, { plan: program, owner, around }, child);
        return besideContainer(program, { plan, image: platform.image(`${plan.name}/${program.name}`), env: own });
      }),
    },
    ready: [
      network,
      ...named,
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

interface FileParts {
  readonly plan: Pick<WorkloadPlan, "files">;
  readonly owner: Owner;
  readonly platform: Pick<Platform, "secret">;
}

/** Files laid into the container: plain ones in a ConfigMap, secret ones in a Secret of their own. */
function files(name: string, { plan, owner, platform }: FileParts, child: CustomResourceOptions): Mounted[] {
  const plain = plan.files.filter(({ content }) => "text" in content);
  const secret = plan.files.filter(({ content }) => "secret" in content);
  const data = (of: readonly FilePlan[], value: (file: FilePlan) => Input<string>) =>
    Object.fromEntries(of.map((file) => [fileKey(file.path), value(file)]));
  const unread = plan.files.find(({ content }) => "from" in content);
  if (unread) throw new Error(`${unread.path} was not read before it was laid into ${owner.name}`);
  const text = ({ content }: FilePlan) => ("text" in content ? content.text : "");
  const hidden = ({ content }: FilePlan) => ("secret" in content ? platform.secret(content.secret) : "");
  return [
    ...(plain.length === 0
      ? []
      : mountedFiles({
          kind: "configMap",
          name: new ConfigMap(`${name}-files`, settingsMap(owner, data(plain, text)), child).metadata.name,
          files: plain,
        })),
    ...(secret.length === 0
      ? []
      : mountedFiles({
          kind: "secret",
          name: new Secret(`${name}-files`, credential(owner, data(secret, hidden)), child).metadata.name,
          files: secret,
        })),
  ];
}
