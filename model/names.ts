/** Names that several parts must agree on. Written here once; everything else imports them. */

/** Labels Kubernetes recommends, plus our own for the owning team. */
export const LABEL = {
  name: "app.kubernetes.io/name",
  system: "app.kubernetes.io/part-of",
  component: "app.kubernetes.io/component",
  version: "app.kubernetes.io/version",
  managedBy: "app.kubernetes.io/managed-by",
  owner: "slipway.dev/owner",
} as const;

/** Annotations: both sides of a contract name it as `name@version`; a public route says why everybody may call it. */
export const ANNOTATION = {
  provides: "slipway.dev/provides",
  contracts: "slipway.dev/contracts",
  open: "slipway.dev/open",
} as const;

/** Type tokens of the components; policies recognise declared intent by them. */
export const TOKEN = {
  microservice: "slipway:workload:Microservice",
  scheduledJob: "slipway:workload:ScheduledJob",
  gateway: "slipway:network:Gateway",
  system: "slipway:system:System",
  observability: "slipway:observability:Observability",
  platform: "slipway:platform:Platform",
} as const;

/** Container ports by name: business traffic with health, and metrics apart so that no route can expose them. */
export const PORT = { http: 8080, metrics: 9464 } as const;

/** Label Kubernetes itself puts on every namespace; nobody can give a namespace another one's. */
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** Namespace of the monitoring, and the names of those of its pods that others let in. */
export const MONITORING = { namespace: "monitoring", prometheus: "prometheus", probe: "blackbox-exporter" } as const;

/** Name of every gateway's pods, and of their Service. */
export const GATEWAY = "traefik";

/** Ports on which the pods of a gateway listen: requests (and `/ping`, which load balancers ask), and their figures. */
export const GATEWAY_PORT = { web: 8000, metrics: 9000 } as const;

/** What the entry asks about the tokens of callers: the program's name, the path, and the headers that say who the caller is. */
export const VERIFIER = {
  name: "verifier",
  check: "/check",
  subject: "x-slipway-subject",
  scopes: "x-slipway-scopes",
} as const;

/**
 * Headers by which programs behind a gateway are told who their caller is: conventions of OAuth2 Proxy, Authelia, Envoy,
 * nginx, Spring, WSGI and PHP. Whoever may send them from outside is whoever they like. Programs read '_' for '-' too.
 */
export const IDENTITY_HEADERS: readonly string[] = [
  ...["remote-user", "remote-groups", "remote-email", "remote-name", "ssl-client-cert", "ssl-client-verify"],
  ...["ssl-client-s-dn", "x-ssl-client-cert", "x-ssl-client-verify", "x-client-cert", "x-forwarded-client-cert"],
  ...["x-forwarded-user", "x-forwarded-email", "x-forwarded-groups", "x-forwarded-preferred-username"],
  ...["x-forwarded-access-token", "x-auth-request-user", "x-auth-request-email", "x-auth-request-groups"],
  ...["x-auth-request-access-token", "x-auth-user", "x-authenticated-user", "x-remote-user", "x-jwt-subject"],
  ...["x-jwt-payload", "x-subject", "x-scopes", "x-roles", "x-user", "x-userid", "x-username", "x-user-id"],
  ...["x-user-name", "x-user-email", "x-user-groups", "x-user-roles", "x-webauth-user"],
  ...[VERIFIER.subject, VERIFIER.scopes],
];

/** Port of every kubelet. */
export const KUBELET_PORT = 10250;

/** Ports of the shared stores. */
export const STORE_PORT = { kafka: 9092, mariadb: 3306, postgres: 5432, redis: 6379 } as const;

/** Health paths: different handlers, so that a slow start, a busy pod and a dead pod are told apart. */
export const HEALTH = { startup: "/healthz/started", readiness: "/healthz/ready", liveness: "/healthz/live" } as const;

/** Longest name a Kubernetes label value and DNS label may have (RFC 1123). */
export const DNS_LABEL_MAX = 63;

/** True for an RFC 1123 DNS label: what Kubernetes accepts as the name of a Service. */
export function isDnsLabel(name: string): boolean {
  return name.length <= DNS_LABEL_MAX && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

/** Settings prefix of a callee: `card-check` becomes `CARD_CHECK`. */
export function settingPrefix(service: string): string {
  return service.toUpperCase().replaceAll("-", "_");
}

/** Database and user of a service: MariaDB would want quotes around a dash. */
export function databaseName(service: string): string {
  return service.replaceAll("-", "_");
}

/** The user who may change the tables of a database; a service itself has the plain name of its own. */
export function migratorOf(database: string): string {
  return `${database}_owner`;
}

/** Topic of everything one service publishes; one topic keeps the order of a key's events. */
export function topicName(system: string, producer: string): string {
  return `${system}.${producer}`;
}

/** Where one consumer puts the events of a topic that it cannot process. */
export function deadLetterName(topic: string, consumer: string): string {
  return `${topic}.${consumer}.dlq`;
}

/** Consumer group of a service: unique, so that every service sees every event. */
export function groupName(system: string, service: string): string {
  return `${system}.${service}`;
}

/** In the settings of dev, in place of names: every system that is described. */
export const EVERY_SYSTEM = "all";

/** Name of a system on this machine: every resolver answers it with the machine itself (RFC 6761). */
export function localHost(system: string): string {
  return `${system}.localhost`;
}
