import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { TOKEN } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { brokerOf, databaseOf } from "../connections.ts";
import type {
  BrokerConnection,
  ClusterConnection,
  DatabaseConnection,
  EntryConnection,
  ImageConnection,
  Peer,
  Platform,
} from "../platform.ts";
import { watchDatabases } from "./watch/database-watch.ts";
import { connectDatabases } from "./databases/connect-databases.ts";
import { Databases } from "./databases/databases.ts";
import type { Foundation } from "./foundation.ts";
import { Images, type ImageSource } from "./images/images.ts";
import { connectKafka } from "./kafka/kafka-topics.ts";
import { prepareDatabases } from "./databases/prepare-databases.ts";
import { type SystemGateway, systemGateway } from "./edge/system-gateway.ts";
import { systemNamespace } from "./cluster/system-namespace.ts";
import { systemTags } from "./account/tags.ts";

export interface AwsPlatformArgs {
  readonly plan: SystemPlan;
  readonly foundation: Foundation;
  /** Images of the system's services, and "job". */
  readonly sources: readonly ImageSource[];
  /** Place of the system among all of them; it orders the rules of the load balancer. */
  readonly index: number;
}

const FIRST_PRIORITY = 100;
const PASSWORD = { length: 32, special: false };

/** What one system needs, on EKS, ECR, MSK and RDS. */
export class AwsPlatform extends pulumi.ComponentResource implements Platform {
  readonly cluster: ClusterConnection;
  readonly #plan: SystemPlan;
  readonly #images: Images;
  readonly #brokers: ReadonlyMap<string, BrokerConnection>;
  readonly #databases: ReadonlyMap<string, DatabaseConnection>;
  readonly #gateway: SystemGateway;

  constructor(
    name: string,
    { plan, foundation, sources, index }: AwsPlatformArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { aws, settings, network, cluster, kafka, registry, edge } = foundation;
    super(TOKEN.platform, name, {}, { ...opts, providers: [aws] });
    const outside = { parent: this };
    const inside = { parent: this, provider: cluster.provider };
    this.#plan = plan;
    this.#images = new Images(
      plan.name,
      { settings, key: registry.key, sources, tags: systemTags(plan.name, plan.owner) },
      outside,
    );
    const namespace = systemNamespace(plan, cluster.serviceCidr, inside);
    this.cluster = { provider: cluster.provider, namespace, storageClass: cluster.storageClass };
    const peers: Peer[] = [{ ipBlock: { cidr: network.cidr } }]; // security groups say which of its addresses

    this.#brokers = kafka ? connectKafka(plan, kafka, cluster, peers, outside) : new Map<string, BrokerConnection>();
    this.#databases =
      plan.databases.length > 0
        ? this.#connectDatabases(foundation, peers, inside)
        : new Map<string, DatabaseConnection>();
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
    this.#gateway = systemGateway(place, outside, { ...inside, dependsOn: [...foundation.definitions] });
    this.registerOutputs({});
  }

  #connectDatabases(
    { settings, servers, network, cluster, alarms }: Foundation,
    peers: readonly Peer[],
    inside: pulumi.CustomResourceOptions,
  ): ReadonlyMap<string, DatabaseConnection> {
    const plan = this.#plan;
    const { namespace } = this.cluster;
    const databases = new Databases(
      `slipway-${plan.name}`,
      { plan, servers: servers.get(plan.name) ?? [], settings, network, clients: cluster.securityGroupId },
      { parent: this },
    );
    watchDatabases(databases, { plan, settings, alarms });
    const passwords = this.#passwords(plan);
    return new Map(
      databases.servers.flatMap((server) => {
        const image = this.#images.find("job");
        const ready = [prepareDatabases({ plan, namespace, server, image, peers, passwords }, inside)];
        return connectDatabases(plan, server, { peers, ready, passwords });
      }),
    );
  }

  /** A password for each user of a database: the service's own, and the one that changes its tables. */
  #passwords({ name, databases }: SystemPlan): Map<string, pulumi.Output<string>> {
    const users = databases.flatMap(({ user, migrator }) => [user, migrator]);
    return new Map(
      users.map((user) => [user, new RandomPassword(`${name}-mariadb-${user}`, PASSWORD, { parent: this }).result]),
    );
  }

  image(service: string): ImageConnection {
    return this.#images.find(`${this.#plan.name}/${service}`);
  }

  broker(service: string): BrokerConnection {
    return brokerOf(this.#brokers.get(service));
  }

  database(owner: string): DatabaseConnection {
    return databaseOf(this.#databases, owner);
  }

  entry(): EntryConnection {
    return this.#gateway.entry;
  }

  /** Namespace of the gateway's pods: they are watched as well. */
  get gatewayNamespace(): pulumi.Output<string> {
    return this.#gateway.namespace;
  }
}
