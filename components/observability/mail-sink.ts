import type { types } from "@pulumi/kubernetes";
import type { Input, Output } from "@pulumi/pulumi";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { secretVariables } from "../manifests/environment.ts";
import { MONITORING } from "../../model/names.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { KEPT, keptPods } from "./kept-pods.ts";
import { monitoringPod } from "./pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";
import { from, traffic } from "./traffic.ts";

/** Name of the sink's Service. */
export const MAIL_SINK = "mail-sink";
export const MAIL_SINK_USER = "alerts";
const NAME = `monitoring-${MAIL_SINK}`;
const { sinkMail, sinkPage } = MONITORING_PORT;

/** Where the pod keeps its mails, and room for many times what it keeps. */
const FOLDER = "/var/lib/mail-sink";
const STORAGE = "128Mi";

/** Takes the mails of a development cluster and shows them; hears the heartbeat in place of a receiver outside. */
export function runMailSink(site: MonitoringSite, password: Output<string>, heartbeatSeconds: number): void {
  const { opts, storageClass } = site;
  const owner = monitoringOwner(site, MAIL_SINK);
  const account = new ServiceAccount(NAME, serviceAccount(owner), opts);
  const login = new Secret(NAME, credential(owner, { MAIL_USER: MAIL_SINK_USER, MAIL_PASSWORD: password }), opts);
  const clients = [from(["alertmanager"], sinkMail, sinkPage), from(["prometheus"], sinkPage)];
  const network = new NetworkPolicy(NAME, traffic(owner, clients, []), opts);
  new PodDisruptionBudget(NAME, disruptionBudget(owner), opts);
  const ports = { http: sinkPage, smtp: sinkMail };
  const listed = Object.entries(ports).map(([name, port]) => ({ name, port }));
  new Service(NAME, headlessService(owner, listed), opts);
  const template = monitoringPod({
    owner,
    image: site.image(MAIL_SINK),
    serviceAccount: account.metadata.name,
    args: [],
    env: environment(login.metadata.name, heartbeatSeconds),
    ports,
    ready: "/healthz",
    alive: "/healthz",
    cpu: "10m",
    memory: "96Mi",
    mounts: [{ name: KEPT, mountPath: FOLDER }],
  });
  const kept = { replicas: 1, storage: STORAGE, storageClass, template };
  new StatefulSet(NAME, keptPods(owner, kept), { ...opts, dependsOn: [network] });
}

function environment(login: Input<string>, heartbeatSeconds: number): types.input.core.v1.EnvVar[] {
  return [
    ...secretVariables(["MAIL_USER", "MAIL_PASSWORD"], login),
    { name: "HEARTBEAT_SECONDS", value: String(heartbeatSeconds) },
    { name: "MAIL_FILE", value: `${FOLDER}/mails.jsonl` },
    { name: "PAGE_NAME", value: `${MAIL_SINK}.${MONITORING.namespace}.svc` },
  ];
}
