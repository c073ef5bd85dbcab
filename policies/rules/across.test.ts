import assert from "node:assert/strict";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import { RULES } from "../rules.ts";
import { changed, type Edits } from "../testing/case.ts";

/** Findings of one rule as "path: found", after changes of the good system. */
function found(id: string, ...edits: Edits[]): string[] {
  return judge(
    new Graph(changed(...edits)),
    RULES.filter((rule) => rule.id === id),
    { tier: "standard", facts: {} },
  ).findings.map(({ path, found: text }) => `${path}: ${text}`);
}
const route = (name: string, timeout: string): object => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name, namespace: "shop" },
  spec: { hosts: [name], http: [{ route: [{ destination: { host: name } }], timeout }] },
});
const settings = "ConfigMap/order-1a2b3c4d data";

describe("rules that compare resources", () => {
  it("want a caller to wait longer than its callee", () => {
    assert.deepEqual(found("retry-budget", { "+": [route("order", "5s"), route("payment", "5s")] }), [
      "spec.http[0].timeout: 5 s",
    ]);
    assert.deepEqual(found("retry-budget", { "+": [route("order", "6s"), route("payment", "5s")] }), []);
  });

  it("want the floor of all workloads to fit after the loss of a zone", () => {
    const heavy: Edits = {
      "Deployment/order $c.resources.requests.cpu": "3900m",
      "Deployment/order $c.resources.limits.cpu": "3900m",
      "HorizontalPodAutoscaler/order spec.maxReplicas": 2,
    };
    assert.match(found("node-capacity", heavy).join(), /7720m cpu without one zone/);
  });

  it("want a way out to stores beyond the cluster", () => {
    const edits: Edits = {
      [`${settings}.DATABASE_HOST`]: "db.eu-west-1.rds.amazonaws.com",
      [`${settings}.DATABASE_PORT`]: "3306",
      "Deployment/order $c.env[+]": {
        name: "DATABASE_PORT",
        valueFrom: { configMapKeyRef: { name: "order-1a2b3c4d", key: "DATABASE_PORT" } },
      },
    };
    assert.match(found("names-resolve", edits).join(), /DATABASE_HOST needs db\.eu-west-1\.rds\.amazonaws\.com:3306/);
    assert.deepEqual(
      found("names-resolve", edits, {
        "NetworkPolicy/order spec.egress[+]": { to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [{ port: 3306 }] },
      }),
      [],
    );
  });

  it("let a pod have a token that it asks for and that a binding gives rights", () => {
    const asks: Edits = { "Deployment/order $p.automountServiceAccountToken": true };
    const binding = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "b" },
      subjects: [{ kind: "ServiceAccount", name: "order", namespace: "shop" }],
    };
    assert.equal(found("token-not-mounted", asks).length, 1);
    assert.deepEqual(found("token-not-mounted", asks, { "+": [binding] }), []);
  });

  it("see both ends of a connection", () => {
    assert.match(
      found("names-resolve", { "NetworkPolicy/payment spec.ingress": [] }).join(),
      /let nothing in from here/,
    );
    assert.match(
      found("names-resolve", {
        "NetworkPolicy/order spec.egress[1]": { to: [{ podSelector: {} }], ports: [{ port: 9090 }] },
      }).join(),
      /let nothing out to it/,
    );
  });

  it("know that policies see the port of the pod, not that of its Service", () => {
    const moved: Edits = {
      "Service/payment spec.ports[0]": { name: "http", port: 80, targetPort: "http" },
      [`${settings}.PAYMENT_URL`]: "http://payment:80",
    };
    const opened = (port: number): Edits => ({ "NetworkPolicy/order spec.egress[1].ports": [{ port }] });
    assert.deepEqual(found("names-resolve", moved, opened(8080)), []);
    assert.match(
      found("names-resolve", moved, opened(80)).join(),
      /PAYMENT_URL needs payment:80.* let nothing out to it/,
    );
    assert.deepEqual(
      found(
        "names-resolve",
        moved,
        { "Service/payment spec.clusterIP": "None", [`${settings}.PAYMENT_URL`]: "http://payment:8080" },
        opened(8080),
      ),
      [],
    );
  });

  it("give a request the usual time where no route says how long it may take", () => {
    const grace = (seconds: number): Edits => ({
      "-": ["HTTPRoute/order"],
      "Deployment/order $p.terminationGracePeriodSeconds": seconds,
    });
    assert.deepEqual(found("requests-finish", grace(22)), [
      "spec.template.spec.terminationGracePeriodSeconds: 14 s for requests",
    ]); // 22 − 8
    assert.deepEqual(found("requests-finish", grace(23)), []);
    assert.deepEqual(found("requests-finish", grace(22), { "-": ["HTTPRoute/order", "Service/order"] }), []);
  });

  it("know that the first version of disruption budgets selects no pod with an empty selector", () => {
    const everything = (apiVersion: string): Edits => ({
      "+": [
        {
          apiVersion,
          kind: "PodDisruptionBudget",
          metadata: { name: "all", namespace: "shop" },
          spec: { maxUnavailable: 1, selector: {} },
        },
      ],
    });
    assert.equal(found("one-budget", everything("policy/v1")).length, 2);
    assert.deepEqual(found("one-budget", everything("policy/v1beta1")), []);
    assert.equal(
      found("budget-exists", { "-": ["PodDisruptionBudget/order"] }, everything("policy/v1beta1")).length,
      1,
    );
  });

  it("want replicas to avoid each other, and not pods of another namespace", () => {
    const apart = (namespaces: readonly string[]): Edits => ({
      "Deployment/order $p.affinity": {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              topologyKey: "topology.kubernetes.io/zone",
              namespaces,
              labelSelector: { matchLabels: { "app.kubernetes.io/name": "order" } },
            },
          ],
        },
      },
    });
    assert.match(found("spread-effective", apart(["tools"])).join(), /app\.kubernetes\.io\/name=order in tools$/);
    assert.deepEqual(found("spread-effective", apart(["tools", "shop"])), []);
  });

  it("want no topic weaker than its cluster", () => {
    const cluster: Edits = {
      "Configuration/events serverProperties":
        "default.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=false",
      'Topic/shop.order config["min.insync.replicas"]': "1",
    };
    assert.deepEqual(found("kafka-keeps-records", cluster), ["config: shop.order: min.insync.replicas 1"]);
    const strong: Edits = {
      "Configuration/events serverProperties":
        "default.replication.factor=5\nmin.insync.replicas=3\nunclean.leader.election.enable=false",
      "Cluster/events numberOfBrokerNodes": 6,
    };
    assert.match(
      found("kafka-keeps-records", strong).join(),
      /shop\.order: replication 3,config: shop\.order: min\.insync\.replicas 2/,
    );
  });

  it("know Kafka of the Strimzi operator too", () => {
    const kafka = (kind: string, name: string, spec: object): object => ({
      apiVersion: "kafka.strimzi.io/v1beta2",
      kind,
      metadata: { name, namespace: "shop" },
      spec,
    });
    const operated = (config: object, topic: object): Edits => ({
      "-": ["Configuration/events", "Cluster/events", "Topic/shop.order", "Topic/shop.order.payment.dlq"],
      "+": [kafka("Kafka", "events", { kafka: { replicas: 3, config } }), kafka("KafkaTopic", "orders", topic)],
    });
    const good = { "default.replication.factor": 3, "min.insync.replicas": 2 };
    assert.deepEqual(found("kafka-keeps-records", operated(good, { replicas: 3, partitions: 6 })), []);
    assert.deepEqual(
      found(
        "kafka-keeps-records",
        operated(
          { ...good, "min.insync.replicas": 1 },
          { replicas: 4, config: { "min.insync.replicas": 2, "unclean.leader.election.enable": true } },
        ),
      ),
      [
        "spec: orders: replication 4",
        "spec: orders: unclean.leader.election.enable true",
        "spec.kafka.config: the cluster: min.insync.replicas 1",
      ],
    );
  });

  it("see no port for a probe in one of another protocol", () => {
    const port = "Deployment/order $c.ports[0].protocol";
    assert.match(found("probe-port-declared", { [port]: "UDP" }).join(), /livenessProbe: port http/);
    assert.deepEqual(found("probe-port-declared", { [port]: "TCP" }), []);
  });

  it("wait longer behind a load balancer that sends to pods", () => {
    const ingress = {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "i", namespace: "shop", annotations: { "alb.ingress.kubernetes.io/target-type": "ip" } },
      spec: { defaultBackend: { service: { name: "order", port: { number: 8080 } } } },
    };
    assert.deepEqual(found("shutdown-budget", { "+": [ingress] }), [
      "spec.template.spec.containers[0].lifecycle.preStop: waits 8 s",
    ]);
  });

  it("want payments in MariaDB wherever it runs, and only there", () => {
    const here: Edits = { "ConfigMap/payment-1a2b3c4d data.DATABASE_HOST": "payment-db" };
    const server = (image: string): object[] => [
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "payment-db", namespace: "shop" },
        spec: { selector: { app: "db" }, ports: [{ port: 3306 }] },
      },
      {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name: "payment-db", namespace: "shop" },
        spec: {
          selector: { matchLabels: { app: "db" } },
          template: {
            metadata: { labels: { app: "db" } },
            spec: {
              containers: [
                { name: "db", image },
                { name: "exporter", image: "prom/mysqld-exporter:1" },
              ],
            },
          },
        },
      },
    ];
    assert.deepEqual(found("payments-in-mariadb", here, { "+": server("registry.example.com:5000/mariadb:11.4") }), []);
    assert.deepEqual(
      found("payments-in-mariadb", here, { "+": server("postgres@sha256:0") }).map((line) => line.replace(/^.*: /, "")),
      ["postgres in payment-db"],
    );
    assert.deepEqual(found("payments-in-mariadb", { "Microservice/payment plan.database": null }), [
      "plan.database: none",
    ]);
    assert.deepEqual(
      found("payments-in-mariadb", { "Microservice/order plan.database": null, "Instance/db engine": "mariadb" }),
      [],
    );
  });

  it("take the engine's formula where no parameter states the connections", () => {
    const small: Edits = {
      "ParameterGroup/shop parameters": [{ name: "require_secure_transport", value: "1" }],
      "Instance/db instanceClass": "db.t4g.small",
    };
    assert.match(found("connections-suffice", small).join(), /100 connections/); // 2 GiB ÷ 25,165,760 = 85
    assert.deepEqual(found("connections-suffice", { ...small, "Instance/db instanceClass": "db.t4g.medium" }), []);
  });
});
