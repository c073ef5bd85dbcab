import * as pulumi from "@pulumi/pulumi";
import { TOKEN } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { brokerOf, databaseOf } from "../connections.ts";
import type {
  BrokerConnection,
  ClusterConnection,
  DatabaseConnection,
  EntryConnection,
  ImageConnection,
  Platform,
} from "../platform.ts";
import { connectCluster, type LocalCluster } from "./cluster.ts";
import { connectEntry } from "./entry.ts";
import { connectImage } from "./image.ts";
import { runKafka } from "./kafka.ts";
import { runMariaDb } from "./mariadb.ts";

export interface LocalPlatformArgs {
  readonly plan: SystemPlan;
  readonly cluster: LocalCluster;
  /** Reference of an image by its name: "kafka", "mariadb", "job", or "<system>/<service>". */
  readonly image: (name: string) => string;
}

/** One Kubernetes cluster on this machine, with the stores of the system running in it. */
export class LocalPlatform extends pulumi.ComponentResource implements Platform {
  readonly cluster: ClusterConnection;
  readonly #image: (service: string) => ImageConnection;
  readonly #broker: BrokerConnection | null;
  readonly #databases: ReadonlyMap<string, DatabaseConnection>;
  readonly #entry: EntryConnection;

  constructor(name: string, { plan, cluster, image }: LocalPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN.platform, name, {}, opts);
    this.#image = (service) => connectImage(image(`${plan.name}/${service}`));
    this.cluster = connectCluster(plan, cluster, { parent: this });
    const child = { parent: this, provider: this.cluster.provider };
    const site = { plan, cluster: this.cluster, image: (store: string) => connectImage(image(store)) };
    this.#broker = plan.messaging.topics.length > 0 ? runKafka(site, child) : null;
    this.#databases = plan.databases.length > 0 ? runMariaDb(site, child) : new Map<string, DatabaseConnection>();
    this.#entry = connectEntry(cluster);
    this.registerOutputs({});
  }

  image(service: string): ImageConnection {
    return this.#image(service);
  }

  broker(): BrokerConnection {
    return brokerOf(this.#broker);
  }

  database(owner: string): DatabaseConnection {
    return databaseOf(this.#databases, owner);
  }

  entry(): EntryConnection {
    return this.#entry;
  }
}
