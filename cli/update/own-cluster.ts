import { kubectl } from "../running/kubectl.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/** What a look at the user's own cluster found. */
export interface ClusterParts {
  /** Kinds that its API serves, such as "middlewares.traefik.io". */
  readonly kinds: ReadonlySet<string>;
  readonly gatewayClasses: readonly string[];
  readonly defaultStorageClass: boolean;
}

interface StorageClass {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

const TRAEFIK =
  "helm upgrade --install traefik traefik --repo https://traefik.github.io/charts -n traefik --create-namespace --set providers.kubernetesGateway.enabled=true";
const METRICS =
  "helm upgrade --install metrics-server metrics-server --repo https://kubernetes-sigs.github.io/metrics-server -n kube-system";
const GATEWAY_CLASSES = "gatewayclasses.gateway.networking.k8s.io";

/** Ends the command where the user's own cluster lacks what the embedded one brings, with everything that is missing at once. */
export async function requireOwnCluster(settings: StackSettings): Promise<void> {
  const missing = missingParts(await look(settings));
  if (missing.length === 0) return;
  throw new UserError(
    [
      `slipway: stack "${settings.stack}" cannot run on your cluster (context "${settings.kubeContext}") yet:`,
      ...missing.map((line) => `  ${line}`),
    ].join("\n"),
    1,
  );
}

/** One line for each missing part: what, what was found, what it is needed for, how to get it. */
export function missingParts({ kinds, gatewayClasses, defaultStorageClass }: ClusterParts): string[] {
  const classes = gatewayClasses.length === 0 ? "none" : gatewayClasses.join(", ");
  return [
    ...(gatewayClasses.includes("traefik")
      ? []
      : [`GatewayClass: found ${classes}, wanted "traefik", which serves the public entry. Fix: ${TRAEFIK}`]),
    ...(kinds.has("middlewares.traefik.io")
      ? []
      : [`Kind Middleware of traefik.io: not served, wanted for the limits of the entry. Fix: ${TRAEFIK}`]),
    ...(kinds.has("pods.metrics.k8s.io")
      ? []
      : [`Metrics API: not served, wanted by the autoscalers. Fix: ${METRICS}`]),
    ...(defaultStorageClass
      ? []
      : [
          "StorageClass: none is the default, wanted for the volumes of Kafka and MariaDB. Fix: kubectl annotate storageclass <name> storageclass.kubernetes.io/is-default-class=true",
        ]),
  ];
}

async function look(settings: StackSettings): Promise<ClusterParts> {
  const lines = async (...args: string[]) =>
    (await kubectl(settings, [...args, "--request-timeout=15s"])).split("\n").filter(Boolean);
  const kinds = new Set(await lines("api-resources", "--cached=false", "-o", "name"));
  const gatewayClasses = kinds.has(GATEWAY_CLASSES) ? await lines("get", GATEWAY_CLASSES, "-o", "name") : [];
  const { items } = JSON.parse((await lines("get", "storageclasses", "-o", "json")).join("\n")) as {
    items: StorageClass[];
  };
  const defaultStorageClass = items.some(
    ({ metadata }) => metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true",
  );
  return {
    kinds,
    gatewayClasses: gatewayClasses.map((name) => name.slice(name.lastIndexOf("/") + 1)),
    defaultStorageClass,
  };
}
