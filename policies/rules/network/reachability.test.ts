import assert from "node:assert/strict";
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
