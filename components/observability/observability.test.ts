import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { recordResources } from "../../test/record-resources.ts";
import { shopPlan } from "../../test/shop.ts";
import { watchShop } from "../../test/watched-shop.ts";
import { TIMING } from "../../monitors/timing.ts";
import { METRICS } from "../../monitors/metrics.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { brokerHosts, brokerJobs, brokerTargets } from "./prometheus/broker-jobs.ts";
import type { ObservabilityArgs } from "./observability.ts";
import { scrapeConfig } from "./prometheus/scrape-config.ts";

const plan = shopPlan();

describe("observability", () => {
  it("registers every part under one component", async () => {
    const resources = await recordResources("dev", (root) => watchShop(root));
    const workloads = resources
      .filter(({ type }) => /:(Deployment|StatefulSet|DaemonSet)$/.test(type))
      .map(({ name }) => name.replace("monitoring-", ""));
    assert.deepEqual(workloads.toSorted(), [
      "alertmanager",
      "blackbox",
      "grafana",
      "kube-state",
      "mail-sink",
      "node",
      "prometheus",
    ]);
  });

  it("leaves Grafana and the mail sink out where they cannot or must not be", async () => {
    const resources = await recordResources("dev", (root) => watchShop(root, { grafana: null, mailSink: null }));
    assert.ok(!resources.some(({ name }) => /grafana|mail-sink/.test(name)));
  });

  it("shows no secret in what it registers", async () => {
    assert.doesNotMatch(JSON.stringify(await recordResources("dev", (root) => watchShop(root))), /password-of-/);
  });

  it("refuses an owner whom no mail reaches, before anything is registered", async () => {
    const contacts: ObservabilityArgs["contacts"] = {
      teams: { platform: "b@example.org" },
      heartbeat: "http://heartbeat",
      pagers: [],
      mail: {
        server: "smtp",
        from: "Alerts <c@example.org>",
        user: "alerts",
        passwordFile: "/x",
        knownCertificate: true,
      },
    };
    const before = recordResources("dev", (root) => {
      assert.throws(
        () => watchShop(root, { contacts }),
        /Alerts would reach nobody:\n {2}Nobody hears the alerts of team "shop-team": no mail address.*\n.*"from" is "Alerts <c@example.org>".*\n.*mail server is "smtp"/,
      );
    });
    assert.deepEqual(
      (await before).filter(({ type }) => type !== "pulumi:providers:kubernetes"),
      [],
    );
  });

  it("may look and change nothing", async () => {
    const roles = (await recordResources("dev", (root) => watchShop(root))).filter(({ type }) =>
      /:(Cluster)?Role$/.test(type),
    );
    assert.ok(roles.length >= 4);
    const text = JSON.stringify(roles);
    assert.doesNotMatch(text, /"\*"|create|update|patch|delete|secrets|nodes\/proxy/);
  });
});

describe("scrape configuration", () => {
  it("finds pods by themselves, not through a Service or the gateway", () => {
    const text = scrapeConfig({
      plans: [plan],
      timing: TIMING.standard,
      alertmanagers: 1,
      stores: "pods",
      beside: [],
      gatewayNamespaces: [],
      entries: {},
    });
    assert.match(
      text,
      /job_name: services\n\s+kubernetes_sd_configs:\n\s+- role: pod\n\s+namespaces:\n\s+names:\n\s+- shop/,
    );
    assert.doesNotMatch(text, /role: (service|endpoints|ingress)|job_name: gateway/);
  });

  it("keeps what rules and panels read of the gateway, a histogram by the names of its parts", () => {
    const text = scrapeConfig({
      plans: [plan],
      timing: TIMING.standard,
      alertmanagers: 1,
      stores: "pods",
      beside: [],
      gatewayNamespaces: ["traefik"],
      entries: {},
    });
    const [, kept = ""] = /job_name: gateway[^]*?regex: (\S+_total\S*)/.exec(text) ?? [];
    for (const name of ["requests_total", "request_duration_seconds_bucket", "request_duration_seconds_count"])
      assert.match(`traefik_service_${name}`, new RegExp(`^(?:${kept})$`), name);
  });

  it("looks at the gateway pods of every system and may find them there", async () => {
    const change = {
      gatewayNamespaces: { "shop-gateway": pulumi.output("shop-gateway"), "bank-gateway": "bank-gateway" },
    };
    const resources = await recordResources("dev", (root) => watchShop(root, change));
    assert.match(
      JSON.stringify(resources.find(({ name }) => name === "monitoring-scrape")),
      /job_name: gateway.{0,200}shop-gateway.{0,40}bank-gateway/,
    );
    for (const name of Object.keys(change.gatewayNamespaces))
      assert.ok(
        resources.some((found) => found.name === `monitoring-pods-${name}` && found.type.endsWith(":Role")),
        name,
      );
  });
});

describe("brokers of a cloud", () => {
  it("are scraped one by one, also those that the bootstrap list leaves out", () => {
    assert.deepEqual(
      brokerHosts("b-2.prod.x1.c2.kafka.eu-central-1.amazonaws.com:9098,b-1.prod:9098", 3).map((host) =>
        host.slice(0, 9),
      ),
      ["b-1.prod.", "b-2.prod.", "b-3.prod."],
    );
    assert.deepEqual(JSON.parse(brokerTargets(["b-1.x"], ["shop"])), [
      { targets: ["b-1.x"], labels: { namespace: "shop", system: "shop", service: "kafka" } },
    ]);
  });

  it("take the place of the stores' pods, and of every alert about a database that nobody can ask", async () => {
    const resources = await recordResources("prod", (root) => watchShop(root, { brokers: pulumi.output(["b-1.x"]) }));
    const text = JSON.stringify(resources);
    assert.match(text, /job_name: broker-machines/);
    assert.doesNotMatch(text, /job_name: stores|alert: MariaDb|alert: KafkaController/);
    assert.match(text, /alert: KafkaDown/);
  });

  it("are read by a configuration that promtool accepts, under the names that rules know", async () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-scrape-"));
    const file = join(folder, "prometheus.yml");
    writeFileSync(file, stringify({ scrape_configs: brokerJobs() }));
    await promisify(execFile)(await resolve("promtool"), ["check", "config", "--syntax-only", file]).finally(() =>
      rmSync(folder, { recursive: true }),
    );
    const renamed = new Set(
      JSON.stringify(brokerJobs())
        .match(/(?<="replacement":")[^"]+/g)
        ?.map((name) => name.replace("${1}", "avail")),
    );
    const unnamed = Object.values(METRICS)
      .filter(({ source }) => source === "kafka" || source === "broker-node")
      .map(({ name }) => name)
      .filter((name) => !renamed.has(name));
    // The controllers are the cloud's own business; the second of a pair is named by the same rule as the first.
    assert.deepEqual(unnamed, [METRICS.kafkaControllers.name, METRICS.brokerDiskSize.name]);
  });
});
