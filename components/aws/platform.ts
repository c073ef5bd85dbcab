import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { TOKEN } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { mariaDbStores, type StorePlan } from "../../model/plan/stores.ts";
import { sqlUsers } from "../sql-stores.ts";
import { type Existing, existingStores } from "../existing-stores.ts";
import { topicStores } from "../topic-stores.ts";
import { serviceSecrets } from "./account/service-secrets.ts";
import { brokerOf, storeOf } from "../connections.ts";
import type {
  BrokerConnection,
  ClusterConnection,
  EntryConnection,
  ImageConnection,
  Peer,
  Platform,
  StoreConnection,
} from "../platform.ts";
import { watchDatabases } from "./watch/database-watch.ts";
import { connectDatabases } from "./databases/connect-databases.ts";
import { Databases } from "./databases/databases.ts";
import type { Foundation } from "./foundation.ts";
import { Images, type ImageSource } from "./images/images.ts";
import { connectKafka } from "./kafka/kafka-topics.ts";
import { prepareDatabases } from "./databases/prepare-databases.ts";
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
  /** Where traces are sent; null where nobody takes them. */
  readonly traces: string | null;
  /** Where stores are that are there already, by the name of the setting. */
  readonly addressOf: Existing["addressOf"];
}

const FIRST_PRIORITY = 100;
const PASSWORD = { length: 32, special: false };

/** What one system needs, on EKS, ECR, MSK and RDS. */
export class AwsPlatform extends pulumi.ComponentResource implements Platform {
  readonly cluster: ClusterConnection;
  readonly traces: string | null;
  readonly #plan: SystemPlan;
  readonly #images: Images;
  readonly #roles: ReadonlyMap<string, pulumi.Resource>;
  readonly #brokers: ReadonlyMap<string, BrokerConnection>;
  readonly #stores: ReadonlyMap<string, StoreConnection>;
  readonly #secret: (name: string) => pulumi.Output<string>;
  readonly #gateway: SystemGateway | null;

  constructor(
    name: string,
    { plan, foundation, sources, index, traces, addressOf }: AwsPlatformArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { aws, settings, network, cluster, kafka, registry, edge } = foundation;
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
    this.cluster = { provider: cluster.provider, namespace, storageClass: cluster.storageClass };
    const peers: Peer[] = [{ ipBlock: { cidr: network.cidr } }]; // security groups say which of its addresses

    this.#roles = workloadRoles(plan, { cluster, kafka: kafka ?? null }, outside);
    this.#brokers = kafka ? connectKafka(plan, kafka, peers, outside) : new Map<string, BrokerConnection>();
    this.#secret = serviceSecrets(plan, outside);
    this.#stores = new Map([
      ...(mariaDbStores(plan).length > 0 ? this.#connectDatabases(foundation, peers, inside) : []),
      ...topicStores(plan, this.#brokers.values().next().value ?? null),
      ...existingStores(plan, { addressOf, secret: this.#secret }),
    ]);
    const { compute } = settings.cluster;
    const place = {
      plan,
      namespace,
      edge,
      network,
      clusterName: cluster.name,
      serviceCidr: cluster.serviceCidr,
      image: registry.gatewayImage,
      compute,
      priority: FIRST_PRIORITY + index,
    };
    this.#gateway = plan.entry && systemGateway(place, outside, { ...inside, dependsOn: [...foundation.definitions] });
    this.registerOutputs({});
  }

  #connectDatabases(
    { settings, servers, network, cluster, alarms }: Foundation,
    peers: readonly Peer[],
    inside: pulumi.CustomResourceOptions,
  ): [name: string, connection: StoreConnection][] {
    const plan = this.#plan;
    const { namespace } = this.cluster;
    const databases = new Databases(
      `slipway-${plan.name}`,
      { plan, servers: servers.get(plan.name) ?? [], settings, network, clients: cluster.securityGroupId },
      { parent: this },
    );
    watchDatabases(databases, { plan, settings, alarms });
    const stores = mariaDbStores(plan);
    const passwords = this.#passwords(plan.name, stores);
    return databases.servers.flatMap((server) => {
      const image = this.#images.find("job");
      const ready = [prepareDatabases({ plan, namespace, server, image, peers, passwords }, inside)];
      return connectDatabases(stores, server, { peers, ready, passwords });
    });
  }

  /** A password for each user of a database: the services' own, and those that change tables. */
  #passwords(name: string, stores: readonly StorePlan[]): Map<string, pulumi.Output<string>> {
    return new Map(
      sqlUsers(stores).map((user) => [
        user,
        new RandomPassword(`${name}-mariadb-${user}`, PASSWORD, { parent: this }).result,
      ]),
    );
  }

  image(service: string): ImageConnection {
    return this.#images.find(`${this.#plan.name}/${service}`);
  }

  broker(service: string): BrokerConnection {
    return brokerOf(this.#brokers.get(service));
  }

  rights(program: string): readonly pulumi.Resource[] {
    const role = this.#roles.get(program);
    return role ? [role] : [];
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
