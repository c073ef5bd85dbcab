import type { CustomResourceOptions } from "@pulumi/pulumi";
import { NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { STORE_PORT } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { KAFKA_METRICS_PORT, kafkaContainer, kafkaVolumes } from "../manifests/stores/kafka.ts";
import { allow, type Allowed } from "../manifests/network-policy.ts";
import { podsNamed, PROMETHEUS } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { statefulSet, STORE_DEADLINE } from "../manifests/stores/stateful-set.ts";
import { topicsFile } from "../manifests/stores/topics-job.ts";
import type { BrokerConnection } from "../platform.ts";
import { runOnce } from "./run-once.ts";
import { type Site, storeOwner } from "./site.ts";

/** One machine has one failure domain: more brokers would cost memory and prove nothing. */
const BROKERS = 1;

/** Seconds a broker may take to close its log, so that the next start need not repair it. */
const DRAIN_SECONDS = 45;

/** Kafka with the declared topics, reachable by the services that publish or consume and by nobody else. */
export function runKafka(site: Site, opts: CustomResourceOptions): BrokerConnection {
  const port = STORE_PORT.kafka;
  const peers = [podsNamed("kafka")];
  const brokers = `kafka:${port}`;
  const topics = runOnce(
    site,
    {
      name: "topics",
      files: topicsFile(site.plan.messaging.topics, BROKERS),
      variables: { KAFKA_BROKERS: brokers, KAFKA_AUTH: "none" },
      secrets: null,
      store: { peers, port },
      after: [runBroker(site, opts)],
    },
    opts,
  );
  return { brokers, auth: "none", peers, port, ready: [topics] };
}

function runBroker(site: Site, opts: CustomResourceOptions): StatefulSet {
  const { plan, cluster } = site;
  const owner = storeOwner(site, "kafka");
  const name = `${plan.name}-kafka`;
  const image = site.image("kafka");
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const network = new NetworkPolicy(name, allow(owner, brokerClients(plan), []), opts);
  const address = new Service(name, headlessService(owner, [{ name: "kafka", port: STORE_PORT.kafka }]), opts);
  new PodDisruptionBudget(name, disruptionBudget(owner), opts);
  return new StatefulSet(
    name,
    statefulSet({
      owner,
      image,
      serviceAccount: account.metadata.name,
      containers: [kafkaContainer(image, "kafka")],
      volumes: kafkaVolumes(),
      storage: plan.numbers.kafka.storage,
      storageClass: cluster.storageClass,
      metricsPort: KAFKA_METRICS_PORT,
      drainSeconds: DRAIN_SECONDS,
    }),
    { ...opts, ...STORE_DEADLINE, dependsOn: [network, address] },
  );
}

function brokerClients({ workloads }: SystemPlan): Allowed[] {
  const users = workloads.filter(({ network }) => network.toKafka).map(({ name }) => name);
  return [
    { peers: [podsNamed(...users, "topics")], port: STORE_PORT.kafka },
    { peers: [PROMETHEUS], port: KAFKA_METRICS_PORT },
  ];
}
