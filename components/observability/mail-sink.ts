import { Deployment, NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount } from "../kinds.ts";
import type { Output } from "@pulumi/pulumi";
import { secretVariables } from "../manifests/environment.ts";
import { metadata, namedMetadata, selector } from "../manifests/metadata.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { podsNamed } from "../manifests/peers.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { one } from "./exporters.ts";
import { monitoringPod } from "./pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";

/** Name of the sink's Service. */
export const MAIL_SINK = "mail-sink";
export const MAIL_SINK_USER = "alerts";

/** Takes the mails of a development cluster and shows them; hears the heartbeat in place of a receiver outside. */
export function runMailSink(site: MonitoringSite, password: Output<string>, heartbeatSeconds: number): void {
  const { opts, image } = site;
  const owner = monitoringOwner(site, MAIL_SINK);
  const { sinkMail, sinkPage } = MONITORING_PORT;
  const account = new ServiceAccount("monitoring-mail-sink", serviceAccount(owner), opts);
  const login = new Secret(
    "monitoring-mail-sink",
    credential(owner, { MAIL_USER: MAIL_SINK_USER, MAIL_PASSWORD: password }),
    opts,
  );
  const network = new NetworkPolicy(
    "monitoring-mail-sink",
    {
      metadata: metadata(owner),
      spec: {
        podSelector: { matchLabels: selector(owner) },
        policyTypes: ["Ingress", "Egress"],
        egress: [],
        ingress: [
          { from: [podsNamed("alertmanager")], ports: [sinkMail, sinkPage].map((port) => ({ protocol: "TCP", port })) },
          { from: [podsNamed("prometheus")], ports: [{ protocol: "TCP", port: sinkPage }] },
        ],
      },
    },
    opts,
  );
  new PodDisruptionBudget("monitoring-mail-sink", disruptionBudget(owner), opts);
  new Service(
    "monitoring-mail-sink",
    {
      metadata: namedMetadata(owner, MAIL_SINK),
      spec: {
        selector: selector(owner),
        ports: [
          { name: "http", port: sinkPage, targetPort: "http" },
          { name: "smtp", port: sinkMail, targetPort: "smtp" },
        ],
      },
    },
    opts,
  );
  new Deployment(
    "monitoring-mail-sink",
    one(
      owner,
      monitoringPod({
        owner,
        image: image(MAIL_SINK),
        serviceAccount: account.metadata.name,
        args: [],
        env: [
          ...secretVariables(["MAIL_USER", "MAIL_PASSWORD"], login.metadata.name),
          { name: "HEARTBEAT_SECONDS", value: String(heartbeatSeconds) },
        ],
        ports: { http: sinkPage, smtp: sinkMail },
        ready: "/healthz",
        alive: "/healthz",
        cpu: "10m",
        memory: "96Mi",
      }),
    ),
    { ...opts, dependsOn: [network] },
  );
}
