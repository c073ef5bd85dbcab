import * as pulumi from "@pulumi/pulumi";
import { Kubernetes } from "../components/kinds.ts";
import { Observability, type ObservabilityArgs } from "../components/observability/observability.ts";
import type { SystemPlan } from "../model/plan.ts";
import { shopPlan } from "./shop.ts";

/** Watches the shop on a cluster that nobody reaches. */
export function watchShop(parent: pulumi.Resource, change: Partial<ObservabilityArgs> = {}): void {
  watch(parent, shopPlan(), change);
}

/** Watches a system there. */
export function watch(parent: pulumi.Resource, plan: SystemPlan, change: Partial<ObservabilityArgs> = {}): void {
  new Observability(
    "monitoring",
    {
      systems: [{ plan, namespace: plan.name, entry: "http://traefik.traefik.svc" }],
      provider: new Kubernetes("cluster", {}, { parent }),
      storageClass: "local-path",
      image: (name) => ({ reference: `registry/${name}:1`, version: "1" }),
      timing: "standard",
      links: { runbooks: "docs/runbooks", dashboards: "" },
      contacts: {
        teams: { [plan.owner]: "a@example.org", platform: "b@example.org" },
        heartbeat: "http://mail-sink.monitoring.svc:8025/heartbeat",
        pagers: [],
        mail: {
          server: "mail-sink.monitoring.svc:2525",
          from: "c@example.org",
          user: "alerts",
          passwordFile: "/etc/alertmanager/mail-password",
          knownCertificate: true,
        },
      },
      secrets: { "mail-password": pulumi.secret("password-of-mail") },
      gatewayNamespaces: { traefik: "traefik" },
      surroundings: {
        apiServer: [{ peers: [{ ipBlock: { cidr: "10.213.1.2/32" } }], port: 6443 }],
        machines: [{ ipBlock: { cidr: "10.213.1.2/32" } }],
        inside: ["10.213.1.0/30", "10.244.0.0/24", "10.96.0.0/16"],
      },
      brokers: null,
      grafana: pulumi.secret("password-of-grafana"),
      mailSink: pulumi.secret("password-of-mail"),
      ...change,
    },
    { parent },
  );
}
