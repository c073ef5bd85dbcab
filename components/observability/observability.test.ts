import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { recordResources } from "../../test/record-resources.ts";
import { shopPlan } from "../../test/shop.ts";
import { TIMING } from "../../monitors/timing.ts";
import { Kubernetes } from "../kinds.ts";
import { Observability, type ObservabilityArgs } from "./observability.ts";
import { scrapeConfig } from "./scrape-config.ts";

const plan = shopPlan();

function watch(parent: pulumi.Resource, change: Partial<ObservabilityArgs> = {}): void {
  new Observability("monitoring", {
    systems: [{ plan, namespace: "shop", entry: "http://traefik.traefik.svc" }], provider: new Kubernetes("cluster", {}, { parent }), storageClass: "local-path",
    image: (name) => ({ reference: `registry/${name}:1`, version: "1" }), timing: "standard", links: { runbooks: "docs/runbooks", dashboards: "" },
    contacts: {
      teams: { [plan.owner]: "a@example.org", platform: "b@example.org" }, heartbeat: "http://heartbeat", pagers: [],
      mail: { server: "smtp.example.org:587", from: "c@example.org", user: "alerts", passwordFile: "/etc/alertmanager/mail-password", knownCertificate: true },
    },
    secrets: { "mail-password": pulumi.secret("password-of-mail") }, gatewayNamespace: "traefik",
    grafana: pulumi.secret("password-of-grafana"), mailSink: pulumi.secret("password-of-mail"), ...change,
  }, { parent });
}

describe("observability", () => {
  it("registers every part under one component", async () => {
    const resources = await recordResources("dev", (root) => watch(root));
    const workloads = resources.filter(({ type }) => /:(Deployment|StatefulSet|DaemonSet)$/.test(type)).map(({ name }) => name.replace("monitoring-", ""));
    assert.deepEqual(workloads.toSorted(), ["alertmanager", "blackbox", "grafana", "kube-state", "mail-sink", "node", "prometheus"]);
  });

  it("leaves Grafana and the mail sink out where they cannot or must not be", async () => {
    const resources = await recordResources("dev", (root) => watch(root, { grafana: null, mailSink: null }));
    assert.ok(!resources.some(({ name }) => /grafana|mail-sink/.test(name)));
  });

  it("shows no secret in what it registers", async () => {
    assert.doesNotMatch(JSON.stringify(await recordResources("dev", (root) => watch(root))), /password-of-/);
  });

  it("may look and change nothing", async () => {
    const roles = (await recordResources("dev", (root) => watch(root))).filter(({ type }) => /:(Cluster)?Role$/.test(type));
    assert.ok(roles.length >= 4);
    const text = JSON.stringify(roles);
    assert.doesNotMatch(text, /"\*"|create|update|patch|delete|secrets|nodes\/proxy/);
  });
});

describe("scrape configuration", () => {
  it("finds pods by themselves, not through a Service or the gateway", () => {
    const text = scrapeConfig({ plans: [plan], timing: TIMING.standard, alertmanagers: 1, gatewayNamespace: null, entries: {} });
    assert.match(text, /job_name: services\n\s+kubernetes_sd_configs:\n\s+- role: pod\n\s+namespaces:\n\s+names:\n\s+- shop/);
    assert.doesNotMatch(text, /role: (service|endpoints|ingress)/);
  });
});
