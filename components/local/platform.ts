import * as pulumi from "@pulumi/pulumi";
import { TOKEN } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { brokerOf, storeOf } from "../connections.ts";
import {
  type BrokerConnection,
  type ClusterConnection,
  type EntryConnection,
  type ImageConnection,
  NO_RIGHTS,
  type Platform,
  type RightsConnection,
  type StoreConnection,
  type TracesConnection,
} from "../platform.ts";
import { connectCluster, type LocalCluster } from "./cluster.ts";
import { connectEntry } from "./entry.ts";
import { connectImage } from "./image.ts";
import { runKafka } from "./kafka.ts";
import { type Existing, existingStores } from "../existing-stores.ts";
import { topicStores } from "../topic-stores.ts";
import { runStores } from "./stores.ts";

export interface LocalPlatformArgs {
  readonly plan: SystemPlan;
  readonly cluster: LocalCluster;
  /** Reference of an image by its name: "kafka", "mariadb", "job", or "<system>/<service>". */
  readonly image: (name: string) => string;
  /** Null where nobody takes traces. */
  readonly traces: TracesConnection | null;
  /** Value of a secret of the system by its name. */
  readonly secret: (name: string) => pulumi.Output<string>;
  /** Where stores are that are there already, by the name of the setting. */
  readonly addressOf: Existing["addressOf"];
}

/** One Kubernetes cluster on this machine, with the stores of the system running in it. */
export class LocalPlatform extends pulumi.ComponentResource implements Platform {
  readonly cluster: ClusterConnection;
  readonly traces: TracesConnection | null;
  readonly #image: (service: string) => ImageConnection;
  readonly #broker: BrokerConnection | null;
  readonly #stores: ReadonlyMap<string, StoreConnection>;
  readonly #secret: (name: string) => pulumi.Output<string>;
  readonly #entry: EntryConnection;

  constructor(
    name: string,
    { plan, cluster, image, traces, secret, addressOf }: LocalPlatformArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TOKEN.platform, name, {}, opts);
    this.#image = (service) => connectImage(image(`${plan.name}/${service}`));
    this.traces = traces;
    this.cluster = connectCluster(plan, cluster, { parent: this });
    const child = { parent: this, provider: this.cluster.provider };
    const site = { plan, cluster: this.cluster, image: (store: string) => connectImage(image(store)) };
    this.#broker = plan.messaging.topics.length > 0 ? runKafka(site, child) : null;
    this.#stores = new Map([
      ...runStores(site, child),
      ...topicStores(plan, this.#broker),
      ...existingStores(plan, { addressOf, secret }),
    ]);
    this.#secret = secret;
    this.#entry = connectEntry(plan.name, cluster);
    this.registerOutputs({});
  }

  image(service: string): ImageConnection {
    return this.#image(service);
  }

  broker(): BrokerConnection {
    return brokerOf(this.#broker);
  }

  rights(): RightsConnection {
    return NO_RIGHTS;
  }

  store(name: string): StoreConnection {
    return storeOf(this.#stores, name);
  }

  secret(name: string): pulumi.Output<string> {
    return this.#secret(name);
  }

  entry(): EntryConnection {
    return this.#entry;
  }
}
