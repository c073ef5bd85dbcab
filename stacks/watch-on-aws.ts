import { getSecret } from "@pulumi/aws/secretsmanager/getSecret.js";
import { getSecretVersion } from "@pulumi/aws/secretsmanager/getSecretVersion.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { alertingSecret } from "../components/aws/watch/alerting-secret.ts";
import type { Foundation } from "../components/aws/foundation.ts";
import { Images, type ImageSource } from "../components/aws/images/images.ts";
import { lookedUp } from "../components/aws/account/looked-up.ts";
import { allowNodeDns, apiServerBlock } from "../components/aws/cluster/node-services.ts";
import type { AwsPlatform } from "../components/aws/platform.ts";
import { systemTags } from "../components/aws/account/tags.ts";
import { ALERTMANAGER_FOLDER } from "../components/observability/alertmanager.ts";
import { brokerHosts } from "../components/observability/prometheus/broker-jobs.ts";
import { Observability, type Watched } from "../components/observability/observability.ts";
import { monitoringOwner, type Surroundings } from "../components/observability/site.ts";
import { secretsWithheld, unlessWithheld } from "../components/withheld-secrets.ts";
import type { Contacts } from "../monitors/contacts.ts";
import type { Placed } from "./run-systems.ts";
import type { Monitoring } from "./settings.ts";

/** Parts whose images are pushed like those of the services. */
export const WATCHING = [
  "prometheus",
  "alertmanager",
  "kube-state-metrics",
  "node-exporter",
  "blackbox-exporter",
] as const;

const TEAM = "platform";
/** Grafana has no public entry: links in mails work where `kubectl port-forward` leads to it (docs/monitoring.md). */
const GRAFANA = "http://localhost:3000/d";
/** Files of the Alertmanager pod, by field of the secret. */
const FILES = { password: "mail-password", chat: "chat-url", pager: "pager-key" } as const;
type Field = keyof typeof FILES;

/** Watches all systems of the cluster; mails go out through Amazon SES, whose password stays in Secrets Manager. */
export function watchOnAws(
  foundation: Foundation,
  places: readonly Placed<AwsPlatform>[],
  sources: readonly ImageSource[],
  monitoring: Monitoring,
): void {
  const { settings, aws, cluster, registry, kafka } = foundation;
  const [first, ...rest] = places.map(watched);
  if (!first) return;
  const images = new Images(
    "monitoring",
    { settings, key: registry.key, sources, tags: systemTags("monitoring", TEAM) },
    { providers: [aws] },
  );
  const { namespace } = new Observability("monitoring", {
    systems: [first, ...rest],
    provider: cluster.provider,
    storageClass: cluster.storageClass,
    image: (name) => images.find(name),
    timing: monitoring === "lab" ? "lab" : "standard", // nothing runs here that nobody watches
    contacts: contacts(foundation, places),
    links: { runbooks: "docs/runbooks", dashboards: GRAFANA },
    secrets: secretFiles(foundation),
    surroundings: surroundings(foundation),
    gatewayNamespaces: Object.fromEntries(
      places.flatMap(({ plan, platform }) =>
        platform.gatewayNamespace === null ? [] : [[`${plan.name}-gateway`, platform.gatewayNamespace]],
      ),
    ),
    brokers: kafka ? kafka.brokers.apply((list) => brokerHosts(list, settings.kafka.brokers)) : [],
    grafana: new RandomPassword("monitoring-grafana", { length: 32, special: false }).result,
    mailSink: null,
  });
  const nameService = allowNodeDns(monitoringOwner({ namespace }, "monitoring"), cluster.serviceCidr);
  new NetworkPolicy("monitoring-name-service", nameService, { provider: cluster.provider });
}

function watched({ plan, platform }: Placed<AwsPlatform>): Watched {
  return { plan, namespace: platform.cluster.namespace, entry: `http://traefik.${plan.name}-gateway.svc` };
}

/** Nodes, pods and brokers have addresses of the network; the API server has those of its ends there and the first of the services. */
function surroundings({ network, cluster }: Foundation): Surroundings {
  const machines = [{ ipBlock: { cidr: network.cidr } }];
  const apiServer = [{ peers: [...machines, { ipBlock: { cidr: apiServerBlock(cluster.serviceCidr) } }], port: 443 }];
  return { apiServer, machines, inside: [network.cidr, cluster.serviceCidr] };
}

/** What Alertmanager needs to reach people, by file: each is a field of one secret of the account. */
function secretFiles({ settings, aws }: Foundation): Record<string, pulumi.Output<string>> {
  const { secret } = settings.mail;
  const text = lookedUp(secretText(secret, { provider: aws }), {
    key: "slipway:mailSecret",
    value: secret,
    allowed: "a secret of Secrets Manager in this account",
    fix: `aws secretsmanager create-secret --name ${secret} --secret-string '{"password":"<SMTP password of SES>"}'`,
  });
  const fields: Field[] = [
    "password",
    ...(settings.chat === null ? [] : ["chat" as const]),
    ...(settings.pager === "off" ? [] : ["pager" as const]),
  ];
  return Object.fromEntries(
    fields.map((field) => [
      FILES[field],
      unlessWithheld(text, () => text.apply((found) => alertingSecret(found, secret, field))),
    ]),
  );
}

/** Text of the secret; where secrets are withheld, only whether it is there. */
async function secretText(secret: string, opts: pulumi.InvokeOptions): Promise<string> {
  if (!secretsWithheld()) return (await getSecretVersion({ secretId: secret }, opts)).secretString;
  await getSecret(secret.startsWith("arn:") ? { arn: secret } : { name: secret }, opts);
  return "";
}

const inPod = (field: Field): string => `${ALERTMANAGER_FOLDER}/${FILES[field]}`;

/** Every team is told at the on-call address; a heartbeat tells somebody outside that this still works. */
function contacts({ settings }: Foundation, places: readonly Placed[]): Contacts {
  const owners = [...new Set([...places.map(({ plan }) => plan.owner), TEAM])];
  return {
    teams: Object.fromEntries(owners.map((owner) => [owner, settings.alarmEmail])),
    mail: {
      server: `email-smtp.${settings.region}.amazonaws.com:587`,
      from: settings.mail.from,
      user: settings.mail.user,
      passwordFile: inPod("password"),
      knownCertificate: true,
    },
    heartbeat: settings.heartbeat,
    pagers: [
      ...(settings.chat === null ? [] : [{ kind: "slack", channel: settings.chat, urlFile: inPod("chat") } as const]),
      ...(settings.pager === "off" ? [] : [{ kind: "pagerduty", keyFile: inPod("pager") } as const]),
    ],
  };
}
