import assert from "node:assert/strict";
import { DURATION_EDGES } from "../../../model/objective-limits.ts";
import { maySend, type Target } from "../../../test/egress-evaluation.ts";
import { addresses } from "../config/cluster-config.ts";
import type { KubeObject } from "../control-plane/object-path.ts";
import { plannedAddons } from "./planned-addons.ts";

const config = { name: "dev", apiPort: 1, httpPort: 2, link: 7, httpNames: [], systems: ["shop", "bank"] };
const tls = { ca: "ca", certificate: "certificate", key: "key" };
const images = { coredns: "coredns:1", traefik: "traefik:1", "metrics-server": "metrics-server:1" };

const { node, host } = addresses(config);
const named = (namespace: string, name: string, port: number, component = "service"): Target => ({
  namespace,
  labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/component": component },
  port,
});
const API = { address: node, port: 6443 };
const KUBELET = { address: node, port: 10250 };
const [SHOP, BANK] = [named("shop", "order", 8080), named("bank", "ledger", 8080)];
const DNS: Target = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" }, port: 5353 };
const TARGETS: readonly Target[] = [
  API,
  DNS,
  KUBELET,
  SHOP,
  BANK,
  named("shop", "mariadb", 3306, "store"),
  named("other", "order", 8080),
  named("monitoring", "prometheus", 9090),
  { address: host, port: 22 },
  { address: "169.254.169.254", port: 80 },
  { address: "93.184.216.34", port: 443 },
];
const WAYS: readonly (readonly [namespace: string, name: string, ways: readonly Target[]])[] = [
  ["kube-system", "coredns", [API]],
  ["traefik", "traefik", [API, DNS, SHOP, BANK]],
  ["metrics-server", "metrics-server", [API, KUBELET]],
];

interface Rules {
  readonly rules: readonly { readonly resources: readonly string[] }[];
}
interface Bound {
  readonly metadata: { readonly namespace?: string };
  readonly roleRef: { readonly name: string };
  readonly subjects: readonly { readonly name: string }[];
}

describe("the add-ons of a cluster", () => {
  const addons = plannedAddons(config, images, tls);
  const objects = addons.flatMap((addon) => addon.objects);
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

  it("let the slowest answer end that any description may ask for, and streams as long as their services do", () => {
    const pods = objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === "traefik");
    const text = JSON.stringify(pods);
    assert.match(text, /lifecycle\.gracetimeout=605s/);
    assert.match(text, /"terminationGracePeriodSeconds":620/);
    assert.match(text, /respondingtimeouts\.readtimeout=0s/);
  });

  it("connect to what their work needs and to nothing else", () => {
    const policies = ofKind("NetworkPolicy").map((inputs) => ({ type: "v1:NetworkPolicy", inputs }) as never);
    for (const [namespace, name, ways] of WAYS)
      assert.deepEqual(
        TARGETS.filter((target) => maySend(policies, namespace, { "app.kubernetes.io/name": name }, target)),
        ways,
        name,
      );
  });

  it("live in namespaces in which nobody is let in or out unless it is said", () => {
    for (const { namespace } of addons)
      assert.ok(
        ofKind("NetworkPolicy").some(
          (policy) =>
            policy.metadata.namespace === namespace &&
            JSON.stringify(policy["spec"]) ===
              '{"podSelector":{},"policyTypes":["Ingress","Egress"],"ingress":[],"egress":[]}',
        ),
        namespace,
      );
  });

  it("answer at the entry to the probe, with figures to Prometheus, and to no other pod", () => {
    const [, own] = ofKind("NetworkPolicy").filter(({ metadata }) => metadata.namespace === "traefik");
    const text = JSON.stringify((own?.["spec"] as { ingress: object }).ingress);
    assert.deepEqual(text.match(/"cidr":"[^"]+"|"app[^"]+":"[^"]+"|"port":\d+/g), [
      '"app.kubernetes.io/name":"blackbox-exporter"',
      '"port":8000',
      '"app.kubernetes.io/name":"prometheus"',
      '"port":9000',
    ]);
  });

  it("let the entry read Secrets where its systems are, and nowhere else", () => {
    const roles = new Map(ofKind("ClusterRole").map((role) => [role.metadata.name, role as KubeObject & Rules]));
    const reads = (kind: string) =>
      ofKind(kind)
        .map((object) => object as KubeObject & Bound)
        .filter(
          ({ roleRef, subjects }) =>
            subjects.some(({ name }) => name === "traefik") &&
            roles.get(roleRef.name)?.rules.some(({ resources }) => resources.includes("secrets")),
        )
        .map(({ metadata }) => metadata.namespace);
    assert.deepEqual(reads("ClusterRoleBinding"), []);
    assert.deepEqual(reads("RoleBinding"), ["traefik", "shop", "bank"]);
    assert.match(JSON.stringify(ofKind("Deployment")), /kubernetesgateway.namespaces=traefik,shop,bank"/);
  });

  it("lets the gateway count durations at every edge that a promise may name", () => {
    for (const edge of DURATION_EDGES)
      assert.match(JSON.stringify(ofKind("Deployment")), new RegExp(`prometheus.buckets=[^"]*\\b${edge}\\b`));
  });

  it("make the namespaces that the entry asks for: it waits until it may list what is there", () => {
    assert.deepEqual(
      ofKind("Namespace").map(({ metadata }) => metadata.name),
      ["traefik", "shop", "bank", "metrics-server"],
    );
  });
});
