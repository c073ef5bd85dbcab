import type { types } from "@pulumi/kubernetes";
import type { Input, Output } from "@pulumi/pulumi";
import { Deployment, NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount } from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { secretVariables } from "../manifests/environment.ts";
import { namedMetadata, type Owner, selector } from "../manifests/metadata.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { monitoringPod } from "./pod.ts";
import { one } from "./single-pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";
import { from, traffic } from "./traffic.ts";

/** Name of the sink's Service. */
export const MAIL_SINK = "mail-sink";
export const MAIL_SINK_USER = "alerts";
const NAME = `monitoring-${MAIL_SINK}`;
const { sinkMail, sinkPage } = MONITORING_PORT;

/** Takes the mails of a development cluster and shows them; hears the heartbeat in place of a receiver outside. */
export function runMailSink(site: MonitoringSite, password: Output<string>, heartbeatSeconds: number): void {
  const { opts } = site;
  const owner = monitoringOwner(site, MAIL_SINK);
  const account = new ServiceAccount(NAME, serviceAccount(owner), opts);
  const login = new Secret(NAME, credential(owner, { MAIL_USER: MAIL_SINK_USER, MAIL_PASSWORD: password }), opts);
  const clients = [from(["alertmanager"], sinkMail, sinkPage), from(["prometheus"], sinkPage)];
  const network = new NetworkPolicy(NAME, traffic(owner, clients, []), opts);
  new PodDisruptionBudget(NAME, disruptionBudget(owner), opts);
  new Service(NAME, address(owner), opts);
  const template = monitoringPod({
    owner,
    image: site.image(MAIL_SINK),
    serviceAccount: account.metadata.name,
    args: [],
    env: environment(login.metadata.name, heartbeatSeconds),
    ports: { http: sinkPage, smtp: sinkMail },
    ready: "/healthz",
    alive: "/healthz",
    cpu: "10m",
    memory: "96Mi",
  });
  new Deployment(NAME, one(owner, template), { ...opts, dependsOn: [network] });
}

function environment(login: Input<string>, heartbeatSeconds: number): types.input.core.v1.EnvVar[] {
  return [
    ...secretVariables(["MAIL_USER", "MAIL_PASSWORD"], login),
    { name: "HEARTBEAT_SECONDS", value: String(heartbeatSeconds) },
  ];
}

function address(owner: Owner): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, MAIL_SINK),
    spec: {
      selector: selector(owner),
      ports: [
        { name: "http", port: sinkPage, targetPort: "http" },
        { name: "smtp", port: sinkMail, targetPort: "smtp" },
      ],
    },
  };
}
