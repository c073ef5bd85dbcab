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
