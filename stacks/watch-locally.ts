import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { MAIL_SINK, MAIL_SINK_USER } from "../components/observability/mail-sink.ts";
import { ALERTMANAGER_FOLDER } from "../components/observability/alertmanager.ts";
import { Observability, type Watched } from "../components/observability/observability.ts";
import { MONITORING_PORT } from "../components/observability/site.ts";
import { connectImage } from "../components/local/image.ts";
import { MONITORING } from "../model/names.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { Contacts } from "../monitors/contacts.ts";
import { localSurroundings } from "./local-surroundings.ts";
import type { Placed } from "./run-systems.ts";
import type { Settings } from "./settings.ts";
import { withoutWaiting } from "./without-waiting.ts";

/** Traefik inside the embedded cluster, as a client inside reaches it. */
const GATEWAY = { namespace: "traefik", url: "http://traefik.traefik.svc" } as const;

/** Where the runbooks lie: in this repository. */
const LINKS = { runbooks: "docs/runbooks", dashboards: "http://127.0.0.1:3080/d" } as const;

const PASSWORD_FILE = "mail-password";
const sink = `${MAIL_SINK}.${MONITORING.namespace}.svc`;

/** Watches the systems of one local cluster; mails end in the sink beside it. */
export function watchLocally(placed: readonly Placed[], image: (name: string) => string, settings: Settings): void {
  const timing = settings.monitoring;
  const [first, ...rest] = placed.map(
    ({ plan, platform }): Watched => ({ plan, namespace: platform.cluster.namespace, entry: GATEWAY.url }),
  );
  if (timing === "off" || !first || !placed[0]) return;
  const { cluster } = placed[0].platform;
  const password = new RandomPassword("monitoring-mail", { length: 32, special: false }).result;
  new Observability(
    "monitoring",
    {
      systems: [first, ...rest],
      provider: cluster.provider,
      storageClass: cluster.storageClass,
      image: (name) => connectImage(image(name)),
      timing,
      contacts: contacts(placed.map(({ plan }) => plan)),
      links: LINKS,
      secrets: { [PASSWORD_FILE]: password },
      gatewayNamespaces: { [GATEWAY.namespace]: GATEWAY.namespace },
      surroundings: localSurroundings(settings),
      brokers: null,
      grafana: null,
      mailSink: password,
    },
    { transformations: [withoutWaiting] },
  );
}

/** On a development machine every team reads the same sink. */
function contacts(plans: readonly SystemPlan[]): Contacts {
  const owners = [...new Set([...plans.map(({ owner }) => owner), "platform"])];
  return {
    teams: Object.fromEntries(owners.map((owner) => [owner, `${owner}@slipway.local`])),
    mail: {
      server: `${sink}:${MONITORING_PORT.sinkMail}`,
      from: "alerts@slipway.local",
      user: MAIL_SINK_USER,
      passwordFile: `${ALERTMANAGER_FOLDER}/${PASSWORD_FILE}`,
      knownCertificate: false,
    },
    heartbeat: `http://${sink}:${MONITORING_PORT.sinkPage}/heartbeat`,
    pagers: [],
  };
}
