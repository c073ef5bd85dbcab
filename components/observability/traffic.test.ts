import assert from "node:assert/strict";
import { maySend, type Target } from "../../test/egress-evaluation.ts";
import { recordResources, type Recorded } from "../../test/record-resources.ts";
import { watchShop } from "../../test/watched-shop.ts";
import type { ObservabilityArgs } from "./observability.ts";

const API = { address: "10.213.1.2", port: 6443 };
const KUBELET = { address: "10.213.1.2", port: 10250 };
const METADATA = { address: "169.254.169.254", port: 443 };
const labelsOf = (name: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/component": "monitoring",
});
const part = (name: string, port: number): Target => ({
  namespace: "monitoring",
  labels: labelsOf(name),
  port,
});
const service: Target = { namespace: "shop", labels: { "app.kubernetes.io/component": "service" }, port: 9464 };
const store: Target = { namespace: "shop", labels: { "app.kubernetes.io/component": "store" }, port: 9404 };
const gateway = (port: number): Target => ({
  namespace: "traefik",
  labels: { "app.kubernetes.io/name": "traefik" },
  port,
});
const internet = (port: number): Target => ({ address: "93.184.216.34", port });

/** Who may reach what; everything else of the list below is refused. */
const WAYS: Readonly<Record<string, readonly Target[]>> = {
  prometheus: [
    API,
    KUBELET,
    service,
    store,
    gateway(9000),
    part("alertmanager", 9093),
    part("kube-state-metrics", 8080),
    part("node-exporter", 9100),
    part("blackbox-exporter", 9115),
    part("grafana", 3000),
    part("mail-sink", 8025),
  ],
  alertmanager: [part("alertmanager", 9094), part("mail-sink", 2525), part("mail-sink", 8025)],
  grafana: [part("prometheus", 9090)],
  "kube-state-metrics": [API],
  "node-exporter": [],
  "blackbox-exporter": [gateway(8000)],
  "mail-sink": [],
};
const ALL: readonly Target[] = [
  ...new Set(Object.values(WAYS).flat()),
  METADATA,
  internet(443),
  internet(587),
  internet(25),
  { ...service, port: 8080 },
  { ...service, namespace: "other" },
  { address: "10.244.0.9", port: 443 },
  { address: "10.96.0.1", port: 443 },
];

describe("what the monitoring may connect to", () => {
  const sends = (resources: readonly Recorded[], name: string, target: Target): boolean =>
    maySend(resources, "monitoring", labelsOf(name), target);
  const watched = (change: Partial<ObservabilityArgs> = {}) =>
    recordResources("dev", (root) => watchShop(root, change));

  it("is, for every pod of it, what its work needs and nothing else", async () => {
    const resources = await watched();
    for (const [name, ways] of Object.entries(WAYS))
      assert.deepEqual(
        ALL.filter((target) => sends(resources, name, target)),
        ALL.filter((target) => ways.some((way) => JSON.stringify(way) === JSON.stringify(target))),
        name,
      );
  });

  it("leads outside only to the ports of mail, heartbeat and pager, and never into the platform's own networks", async () => {
    const resources = await watched({
      mailSink: null,
      contacts: {
        teams: { "shop-team": "a@example.org", platform: "b@example.org" },
        heartbeat: "https://hc-ping.example.com:8443/slipway-prod",
        pagers: [{ kind: "slack", channel: "#on-call", urlFile: "/etc/alertmanager/chat-url" }],
        mail: {
          server: "smtp.example.org:587",
          from: "c@example.org",
          user: "alerts",
          passwordFile: "/etc/alertmanager/mail-password",
          knownCertificate: true,
        },
      },
    });
    const open = (address: string) =>
      [25, 80, 443, 587, 8443].filter((port) => sends(resources, "alertmanager", { address, port }));
    assert.deepEqual(open("93.184.216.34"), [443, 587, 8443]);
    for (const inside of ["169.254.169.254", "10.244.0.9", "10.96.0.10", "10.213.1.1"])
      assert.deepEqual(open(inside), [], inside);
    for (const name of Object.keys(WAYS).filter((one) => one !== "alertmanager"))
      assert.ok(![25, 443, 587].some((port) => sends(resources, name, internet(port))), name);
  });

  it("reaches the exporters of a cloud's brokers where the brokers are no pods", async () => {
    const network = [{ ipBlock: { cidr: "10.0.0.0/16" } }];
    const resources = await watched({
      brokers: ["b-1.x"],
      surroundings: { apiServer: [{ peers: network, port: 443 }], machines: network, inside: ["10.0.0.0/16"] },
    });
    const open = [443, 3306, 9098, 10250, 11001, 11002].filter((port) =>
      sends(resources, "prometheus", { address: "10.0.3.4", port }),
    );
    assert.deepEqual(open, [443, 10250, 11001, 11002]);
    assert.ok(!sends(resources, "prometheus", store));
  });
});
