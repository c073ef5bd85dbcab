import { podsInNamespace, EVERYWHERE } from "./manifests/peers.ts";
import type { TracesConnection } from "./platform.ts";

const DEFAULT_PORT: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** How pods reach who takes traces: a Service of the cluster by its namespace, anybody else by the port alone. */
export function connectTraces(url: string): TracesConnection {
  const { hostname, port, protocol } = new URL(url);
  const namespace = namespaceOf(hostname);
  return {
    url,
    port: port === "" ? (DEFAULT_PORT[protocol] ?? 443) : Number(port),
    peers: [namespace === undefined ? EVERYWHERE : podsInNamespace(namespace)],
  };
}

/** "collector.tracing", "collector.tracing.svc" and "collector.tracing.svc.cluster.local" are Services of the cluster. */
function namespaceOf(host: string): string | undefined {
  return /^[a-z0-9-]+\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?$/.exec(host)?.[1];
}
