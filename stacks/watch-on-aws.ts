import { getSecretVersionOutput } from "@pulumi/aws/secretsmanager/getSecretVersion.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Foundation } from "../components/aws/foundation.ts";
import { Images, type ImageSource } from "../components/aws/images.ts";
import { mailPassword } from "../components/aws/mail-password.ts";
import type { AwsPlatform } from "../components/aws/platform.ts";
import { systemTags } from "../components/aws/tags.ts";
import { ALERTMANAGER_FOLDER } from "../components/observability/alertmanager.ts";
import { brokerHosts } from "../components/observability/broker-jobs.ts";
import { Observability, type Watched } from "../components/observability/observability.ts";
import type { Contacts } from "../monitors/contacts.ts";
import type { Placed } from "./run-systems.ts";
import type { Monitoring } from "./settings.ts";

/** Parts whose images are pushed like those of the services. */
export const WATCHING = ["prometheus", "alertmanager", "kube-state-metrics", "node-exporter", "blackbox-exporter"] as const;

const TEAM = "platform";
const PASSWORD_FILE = "mail-password";

/** Watches all systems of the cluster; mails go out through Amazon SES, whose password stays in Secrets Manager. */
export function watchOnAws(foundation: Foundation, places: readonly Placed<AwsPlatform>[], sources: readonly ImageSource[], monitoring: Monitoring): void {
  const { settings, aws, cluster, registry, kafka } = foundation;
  const [first, ...rest] = places.map(({ plan, platform }): Watched => ({ plan, namespace: platform.cluster.namespace, entry: `http://traefik.${plan.name}-gateway.svc` }));
  if (!first) return;
  const images = new Images("monitoring", { settings, key: registry.key, sources, tags: systemTags("monitoring", TEAM) }, { providers: [aws] });
  const { secretString } = getSecretVersionOutput({ secretId: settings.mail.secret }, { provider: aws });
  const password = pulumi.secret(secretString.apply((text) => mailPassword(text, settings.mail.secret)));
  new Observability("monitoring", {
    systems: [first, ...rest], provider: cluster.provider, storageClass: cluster.storageClass, image: (name) => images.find(name),
    timing: monitoring === "lab" ? "lab" : "standard", // nothing runs here that nobody watches
    contacts: contacts(foundation, places), links: { runbooks: "docs/runbooks", dashboards: `https://dashboards.${settings.domain}/d` },
    secrets: { [PASSWORD_FILE]: password }, gatewayNamespaces: Object.fromEntries(places.map(({ plan, platform }) => [`${plan.name}-gateway`, platform.gatewayNamespace])),
    brokers: kafka ? kafka.brokers.apply((list) => brokerHosts(list, settings.kafka.brokers)) : [],
    grafana: new RandomPassword("monitoring-grafana", { length: 32, special: false }).result, mailSink: null,
  });
}

/** Every team is told at the on-call address; a heartbeat tells somebody outside that this still works. */
function contacts({ settings }: Foundation, places: readonly Placed[]): Contacts {
  const owners = [...new Set([...places.map(({ plan }) => plan.owner), TEAM])];
  return {
    teams: Object.fromEntries(owners.map((owner) => [owner, settings.alarmEmail])),
    mail: {
      server: `email-smtp.${settings.region}.amazonaws.com:587`, from: settings.mail.from, user: settings.mail.user,
      passwordFile: `${ALERTMANAGER_FOLDER}/${PASSWORD_FILE}`, knownCertificate: true,
    },
    heartbeat: settings.heartbeat, pagers: [],
  };
}
