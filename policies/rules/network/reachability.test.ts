import assert from "node:assert/strict";
import { askGood } from "../../testing/asked.ts";
import { Graph } from "../../resources/graph.ts";
import { judge } from "../../judging/judge.ts";
import { RULES } from "../../rules.ts";
import { changed, type Edits } from "../../testing/case.ts";

/** Findings of one rule as "path: found", after changes of the good system. */
function found(id: string, ...edits: Edits[]): string[] {
  return judge(
    new Graph(changed(...edits)),
    RULES.filter((rule) => rule.id === id),
    { tier: "standard", facts: {} },
  ).findings.map(({ path, found: text }) => `${path}: ${text}`);
}

const settings = "ConfigMap/order-1a2b3c4d data";

describe("reachability", () => {
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
});

describe("under a default deny", () => {
  const policy = "NetworkPolicy/order spec";
  const dns = [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ];

  it("names resolve by the address of a resolver on the node", () => {
    for (const cidr of ["169.254.20.10/32", "172.20.0.10/32"]) {
      const to = [{ ipBlock: { cidr } }];
      const calls = { to: [{ podSelector: {} }], ports: [{ port: 8080 }] };
      assert.deepEqual(askGood("names-resolve", { [`${policy}.egress`]: [{ to, ports: dns }, calls] }).found, []);
      assert.equal(
        askGood("names-resolve", { [`${policy}.egress`]: [{ to, ports: [{ port: 443 }] }, calls] }).found.length,
        2,
      );
    }
  });

  it("an address outside needs a way out, unless it is only said", () => {
    const found = (name: string, value: string): number =>
      askGood("names-resolve", { "Deployment/order $c.env[+]": { name, value } }).found.length;
    assert.equal(found("BILLING_URL", "https://api.billing.example"), 1);
    assert.equal(found("TOKEN_ISSUER", "https://id.example.com"), 0);
    assert.equal(found("PAYMENTS", "http://payment.shop.svc.cluster.local:8080"), 0);
    assert.equal(found("VERSION", "1.2.3"), 0);
  });

  it("an address outside may be let out to by its name", () => {
    const way = (host: string) =>
      askGood("names-resolve", {
        "Deployment/order $c.env[+]": { name: "BILLING_URL", value: "https://api.billing.example" },
        "+": [
          {
            apiVersion: "networking.k8s.aws/v1alpha1",
            kind: "ApplicationNetworkPolicy",
            metadata: { name: "order-outside", namespace: "shop" },
            spec: {
              podSelector: {},
              policyTypes: ["Egress"],
              egress: [{ to: [{ domainNames: [host] }], ports: [{ protocol: "TCP", port: 443 }] }],
            },
          },
        ],
      }).found.length;
    assert.equal(way("api.billing.example"), 0);
    assert.equal(way("api.other.example"), 1);
  });

  it("nobody scrapes or enters on a port that is closed, or from where nobody may come", () => {
    assert.deepEqual(askGood("workload-scraped", {}).found, []);
    assert.equal(askGood("workload-scraped", { [`${policy}.ingress[1].ports`]: [{ port: 8080 }] }).found.length, 1);
    assert.deepEqual(askGood("entry-reaches-pods", {}).found, []);
    for (const ports of [[{ port: 80 }], [{ protocol: "UDP", port: 8080 }]])
      assert.equal(
        askGood("entry-reaches-pods", {
          "Service/order spec.ports[0].port": 80,
          "HTTPRoute/order spec.rules[0].backendRefs[0].port": 80,
          [`${policy}.ingress[0].ports`]: ports,
        }).found.length,
        1,
      );
  });

  it("an empty list of ways out says nothing where no policyTypes do", () => {
    const edits = {
      [`${policy}.policyTypes`]: undefined,
      [`${policy}.egress`]: [],
      "-": ["NetworkPolicy/default-deny"],
    };
    assert.deepEqual(askGood("names-resolve", edits).found, []);
  });
});
