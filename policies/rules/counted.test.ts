import assert from "node:assert/strict";
import { resourcesOf } from "../cases/cases.ts";
import { judge } from "../judging/judge.ts";
import { Graph } from "../resources/graph.ts";
import type { Props } from "../resources/resource.ts";
import { RULES } from "../rules.ts";
import { ask, askGood } from "../testing/asked.ts";

const found = (id: string, edits: Readonly<Record<string, unknown>>): number => askGood(id, edits).found.length;
const object = (apiVersion: string, kind: string, name: string, spec: object): Props => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop" },
  spec,
});

describe("what counts against a quota", () => {
  const quota = { "ResourceQuota/shop spec.hard": { "requests.cpu": "1200m" } }; // two services × (4 + 1) × 100m = 1
  const init = (restartPolicy?: string): object => ({
    name: "init",
    restartPolicy,
    resources: { requests: { cpu: "150m" } },
  });
  it("is what an init container asks for where it asks for more than those that run", () => {
    assert.equal(found("quota-headroom", quota), 0);
    assert.equal(found("quota-headroom", { ...quota, "Deployment/order $p.initContainers": [init()] }), 1);
    assert.equal(
      found("quota-headroom", {
        "ResourceQuota/shop spec.hard": { "requests.cpu": "1300m" },
        "Deployment/order $p.initContainers": [init()],
      }),
      0,
    );
  });
  it("is what a sidecar asks for beside them", () => {
    assert.equal(
      found("quota-headroom", {
        "ResourceQuota/shop spec.hard": { "requests.cpu": "1700m" },
        "Deployment/order $p.initContainers": [init("Always")],
      }),
      1,
    );
  });
  it("is what the namespace fills in where a container says nothing", () => {
    const range = object("v1", "LimitRange", "range", {
      limits: [{ type: "Container", defaultRequest: { cpu: "500m" } }],
    });
    assert.equal(found("quota-headroom", { ...quota, "+": [range], "Deployment/order $c.resources": {} }), 1);
  });
});

describe("consumers of one group", () => {
  it("share the partitions, however many Deployments they are in", () => {
    const group = {
      "ConfigMap/order-1a2b3c4d data.KAFKA_CONSUME": "shop.order",
      "Deployment/order $c.env[+]": { name: "KAFKA_GROUP", value: "shop.payment" },
    };
    assert.equal(found("consumers-have-partitions", group), 1);
    assert.equal(found("consumers-have-partitions", { ...group, "Topic/shop.order partitions": 8 }), 0);
  });
});

describe("what holds data", () => {
  it("is lost on a volume of its pod, whatever program it is", () => {
    for (const [image, mountPath] of [
      ["clickhouse/clickhouse-server:25", "/var/lib/clickhouse"],
      ["a:1", "/var/lib/mysql/data"],
      ["mcr.microsoft.com/mssql/server:2022", "/x"],
      ["cassandra:5", "/x"],
    ])
      assert.equal(
        found("data-on-volume", {
          "Deployment/order $c.image": image,
          "Deployment/order $c.volumeMounts[0].mountPath": mountPath,
        }),
        1,
        image,
      );
    for (const image of ["redis:8", "exporter/mysqld-exporter:1", "grafana/grafana:12"])
      assert.equal(found("data-on-volume", { "Deployment/order $c.image": image }), 0, image);
  });
});

describe("what is right as it is", () => {
  it("a token for an account with rights", () => {
    const binding: Props = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "b", namespace: "shop" },
      subjects: [{ kind: "ServiceAccount", name: "order" }],
    };
    const mounted = {
      "Deployment/order $p.automountServiceAccountToken": undefined,
      "ServiceAccount/order automountServiceAccountToken": undefined,
    };
    assert.deepEqual(
      [found("token-not-mounted", mounted), found("token-not-mounted", { ...mounted, "+": [binding] })],
      [1, 0],
    );
  });
  it("a second Service of the same pods for another purpose", () => {
    const twin = (spec: object): number =>
      found("service-selector-unique", {
        "+": [
          object("v1", "Service", "twin", {
            selector: { "app.kubernetes.io/name": "order" },
            ports: [{ port: 8080 }],
            ...spec,
          }),
        ],
      });
    assert.equal(twin({}), 2);
    assert.equal(twin({ clusterIP: "None" }), 0);
    assert.equal(twin({ type: "LoadBalancer" }), 0);
    assert.equal(twin({ ports: [{ port: 9443 }] }), 0);
  });
  it("Windows without the fields of Linux", () => {
    for (const id of ["capabilities-dropped", "no-privilege-escalation", "read-only-root", "seccomp-profile"])
      assert.equal(
        found(id, {
          "Deployment/order $p.os": { name: "windows" },
          "Deployment/order $p.securityContext": {},
          "Deployment/order $c.securityContext": {},
        }),
        0,
        id,
      );
  });
  it("Windows under an account that is no administrator", () => {
    const account = (runAsUserName: string): number =>
      found("non-root", {
        "Deployment/order $p.os": { name: "windows" },
        "Deployment/order $p.securityContext": {},
        "Deployment/order $c.securityContext": { windowsOptions: { runAsUserName } },
      });
    assert.deepEqual([account("ContainerUser"), account("ContainerAdministrator")], [0, 1]);
  });
  it("an alert over hours that takes its time, and one about nothing of the service", () => {
    const slow = {
      "PrometheusRule/shop spec.groups[0].rules[0].expr":
        'sum(rate(http_requests_total{namespace="shop",code=~"5.."}[6h])) > 1',
      "PrometheusRule/shop spec.groups[0].rules[0].for": "30m",
    };
    assert.equal(found("alerts-cover", slow), 0);
    assert.equal(
      found("alerts-cover", { "PrometheusRule/shop spec.groups[0].rules[10].annotations.runbook_url": undefined }),
      0,
    );
  });
});

describe("where nothing is declared", () => {
  const service = object("v1", "Service", "a", { selector: { app: "a" }, ports: [{ port: 80 }] });
  const workload = {
    ...object("apps/v1", "Deployment", "a", {
      template: { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "a" }] } },
    }),
  };
  it("monitoring is unknown, not missing", () => {
    for (const id of ["workload-scraped", "alerts-cover"]) {
      const { found: none, unknown } = ask(id, [workload, service]);
      assert.deepEqual([none, unknown], [[], ["no monitoring is declared here"]]);
    }
  });
  it("a system without Kafka and database needs no alert about them", () => {
    const rule = object("monitoring.coreos.com/v1", "PrometheusRule", "r", {
      groups: [{ rules: [{ alert: "Down", expr: "up == 0" }] }],
    });
    const [told = ""] = ask("alerts-know-the-troubles", [workload, service, rule]).found;
    assert.doesNotMatch(told, /consumer lag|database/);
    assert.match(told, /latency/);
  });
  it("nobody outside this product is asked for its annotation", () => {
    assert.deepEqual(ask("drain-stated", [workload, service]).found, []);
    assert.equal(found("drain-stated", { "Deployment/order spec.template.metadata.annotations": {} }), 1);
  });
});

describe("where a document cannot be read", () => {
  it("what is missing elsewhere may be in it", () => {
    const service = { ...object("v1", "Service", "a", { selector: { app: "a" } }) };
    const judged = (whole: boolean): [number, number] => {
      const rules = RULES.filter(({ id }) => id === "service-selects-pods");
      const { findings, doubts } = judge(new Graph(resourcesOf([service]), whole), rules, {
        tier: "standard",
        facts: {},
      });
      return [findings.length, doubts.length];
    };
    assert.deepEqual(
      [judged(true), judged(false)],
      [
        [1, 0],
        [0, 1],
      ],
    );
  });
});
