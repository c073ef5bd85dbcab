import * as pulumi from "@pulumi/pulumi";
import { TOKEN } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import type { EntryPlan } from "../../model/plan/edges/entry.ts";
import { type Existing, existingStores } from "../existing-stores.ts";
import { topicStores } from "../topic-stores.ts";
import type { SecretOf } from "./account/service-secrets.ts";
import { brokerOf, storeOf } from "../connections.ts";
import {
  type BrokerConnection,
  type ClusterConnection,
  type EntryConnection,
  type ImageConnection,
  NO_RIGHTS,
  type Peer,
  type Platform,
  type RightsConnection,
  type StoreConnection,
  type TracesConnection,
} from "../platform.ts";
import { systemCaches } from "./caches/system-caches.ts";
import type { Foundation } from "./foundation.ts";
import { Images, type ImageSource } from "./images/images.ts";
import { connectKafka } from "./kafka/kafka-topics.ts";
import { systemDatabases } from "./databases/system-databases.ts";
import { type SystemGateway, systemGateway } from "./edge/system-gateway.ts";
import { workloadRoles } from "./cluster/workload-roles.ts";
import { systemNamespace } from "./cluster/system-namespace.ts";
import { systemTags } from "./account/tags.ts";

export interface AwsPlatformArgs {
  readonly plan: SystemPlan;
  readonly foundation: Foundation;
  /** Images of the system's services, and "job". */
  readonly sources: readonly ImageSource[];
  /** Place of the system among all of them; it orders the rules of the load balancer. */
  readonly index: number;
  /** Null where nobody takes traces. */
  readonly traces: TracesConnection | null;
  /** Value of a secret of the system by its name. */
  readonly secret: SecretOf;
  /** Where stores are that are there already, by the name of the setting. */
  readonly addressOf: Existing["addressOf"];
}

const FIRST_PRIORITY = 100;

/** What one system needs, on EKS, ECR, MSK, RDS and ElastiCache. */
export class AwsPlatform extends pulumi.ComponentResource implements Platform {
  readonly cluster: ClusterConnection;
  readonly traces: TracesConnection | null;
  readonly #plan: SystemPlan;
  readonly #images: Images;
  readonly #roles: ReadonlyMap<string, RightsConnection>;
  readonly #brokers: ReadonlyMap<string, BrokerConnection>;
  readonly #stores: ReadonlyMap<string, StoreConnection>;
  readonly #secret: SecretOf;
  readonly #gateway: SystemGateway | null;

  constructor(
    name: string,
    { plan, foundation, sources, index, traces, secret, addressOf }: AwsPlatformArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { aws, settings, network, cluster, kafka, registry } = foundation;
    super(TOKEN.platform, name, {}, { ...opts, providers: [aws] });
    const outside = { parent: this };
    const inside = { parent: this, provider: cluster.provider };
    this.#plan = plan;
    this.traces = traces;
    this.#images = new Images(
      plan.name,
      { settings, key: registry.key, sources, tags: systemTags(plan.name, plan.owner) },
      outside,
    );
    const namespace = systemNamespace(plan, cluster.serviceCidr, inside);
    this.cluster = homeOf(foundation, namespace);
    const peers: Peer[] = [{ ipBlock: { cidr: network.cidr } }]; // security groups say which of its addresses

    this.#roles = workloadRoles(plan, { cluster, kafka: kafka ?? null, region: settings.region }, outside);
    this.#brokers = kafka ? connectKafka(plan, kafka, peers, outside) : new Map<string, BrokerConnection>();
    this.#secret = secret;
    const stores = { plan, foundation, namespace, image: () => this.#images.find("job"), peers, parent: this };
    this.#stores = new Map([
      ...systemDatabases(stores, inside),
      ...systemCaches(stores),
      ...topicStores(plan, this.#brokers.values().next().value ?? null),
      ...existingStores(plan, { addressOf, secret }),
    ]);
    const place = plan.entry && { ...gatewayPlace(plan, plan.entry, foundation, index), namespace };
    this.#gateway = place && systemGateway(place, outside, { ...inside, dependsOn: [...foundation.definitions] });
    this.registerOutputs({});
  }

  image(service: string): ImageConnection {
    return this.#images.find(`${this.#plan.name}/${service}`);
  }

  broker(service: string): BrokerConnection {
    return brokerOf(this.#brokers.get(service));
  }

  rights(program: string): RightsConnection {
    return this.#roles.get(program) ?? NO_RIGHTS;
  }

  store(name: string): StoreConnection {
    return storeOf(this.#stores, name);
  }

  secret(name: string): pulumi.Output<string> {
    return this.#secret(name);
  }

  entry(): EntryConnection {
    if (this.#gateway === null) throw new Error(`${this.#plan.name} declines its entry`);
    return this.#gateway.entry;
  }

  /** Namespace of the gateway's pods: they are watched as well. Null where nobody outside may ask. */
  get gatewayNamespace(): pulumi.Output<string> | null {
    return this.#gateway && this.#gateway.namespace;
  }
}

/** Where the gateway of a system stands. */
function gatewayPlace(
  plan: SystemPlan,
  { waits }: EntryPlan,
  { edge, network, cluster, registry, settings }: Foundation,
  index: number,
): Omit<Parameters<typeof systemGateway>[0], "namespace"> {
  return {
    plan,
    edge,
    network,
    clusterName: cluster.name,
    serviceCidr: cluster.serviceCidr,
    image: registry.gatewayImage,
    compute: settings.cluster.compute,
    waits: { ...waits, silentSeconds: edge.silentSeconds },
    priority: FIRST_PRIORITY + index,
  };
}

/** Where a system's pods are. Only the nodes of Auto Mode hold programs to the names of third parties. */
function homeOf({ cluster, settings }: Foundation, namespace: ClusterConnection["namespace"]): ClusterConnection {
  const { provider, storageClass } = cluster;
  return { provider, namespace, storageClass, egressByName: settings.cluster.compute === "auto" };
}
