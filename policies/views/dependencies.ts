/** What a workload needs, read from the addresses in its environment. */

import { own } from "../../model/harmless/own.ts";
import { environment } from "./config-refs.ts";
import type { Graph } from "../resources/graph.ts";
import type { IntOrString } from "../resources/kubernetes.ts";
import type { Workload } from "../resources/pods.ts";
import { backing as workloadsBehind, servicePort, targetOf, type Service } from "./services.ts";

export interface Dependency {
  /** Environment variable that names it. */
  readonly name: string;
  readonly path: string;
  readonly port: number;
  readonly service: { readonly name: string; readonly namespace: string; readonly targetPort: IntOrString };
  readonly backing: Workload | undefined;
}

const ADDRESS =
  /(?:^|[\s,;"'])(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/@,;"']*@)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?(?=$|[\s,;/"'?])/gi;
const LONGEST = 4096; // no list of addresses is longer; certificates and data are
const DEFAULT_PORT: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** Services of the graph whose address stands in the environment of a workload. */
export function dependenciesOf(graph: Graph, workload: Workload): readonly Dependency[] {
  const variables = environment(graph, workload);
  const found = new Map<string, Dependency>();
  for (const [name, { value, path }] of variables) {
    for (const { host, port } of addresses(value, name, variables)) {
      const service = serviceAt(graph, host, workload.namespace);
      if (!service) continue;
      const declared = servicePort(service, port);
      const key = `${service.urn}:${port}`;
      if (!found.has(key))
        found.set(key, {
          name,
          path,
          port,
          service: {
            name: service.name,
            namespace: service.namespace,
            targetPort: declared && service.props.spec?.clusterIP !== "None" ? targetOf(declared) : port,
          },
          backing: workloadsBehind(graph, service)[0],
        });
    }
  }
  return [...found.values()];
}

const STORE = /DATABASE|(^|_)DB|MYSQL|MARIADB|POSTGRES|KAFKA|BROKER|REDIS|JDBC|DATASOURCE/;
/** Addresses that are shown to others or compared, and asked by nobody here. */
const SAID =
  /ISSUER|AUDIENCE|ORIGIN|CORS|PUBLIC|EXTERNAL|BASE_URL|REDIRECT|CALLBACK|DOCS|HOMEPAGE|LINK|SCHEMA|NAMESPACE|LOGO|CONTACT|NO_PROXY/i;

/** Addresses outside the cluster that a workload needs: of a store, or of whatever is asked by URL. */
export function addressesOutside(
  graph: Graph,
  workload: Workload,
): readonly { readonly name: string; readonly host: string; readonly port: number; readonly path: string }[] {
  const variables = environment(graph, workload);
  return [...variables]
    .filter(([name, { value }]) => STORE.test(name) || (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) && !SAID.test(name)))
    .flatMap(([name, { value, path }]) =>
      addresses(value, name, variables)
        .filter(
          ({ host }) =>
            /\.[a-z]{2,}$/i.test(host) &&
            !/\.svc(\.|$)|\.cluster\.local$|(^|\.)localhost$/.test(host) &&
            serviceAt(graph, host, workload.namespace) === undefined,
        )
        .map(({ host, port }) => ({ name, host, port, path })),
    );
}

type Variables = ReturnType<typeof environment>;

function addresses(value: string, name: string, variables: Variables): { host: string; port: number }[] {
  if (value.length > LONGEST) return [];
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(value)?.[1] ?? "";
  const beside = /^(.*)HOST$/.exec(name)?.[1];
  const separate = beside === undefined ? undefined : variables.get(`${beside}PORT`)?.value;
  return [...value.matchAll(ADDRESS)].flatMap(([, host = "", digits]) => {
    const port = Number(digits ?? separate ?? own(DEFAULT_PORT, scheme.toLowerCase()) ?? Number.NaN);
    return Number.isInteger(port) ? [{ host, port }] : [];
  });
}

/** The Service that a host name means to a pod of a namespace. */
export function serviceAt(graph: Graph, host: string, home: string): Service | undefined {
  const [name = "", namespace, svc] = host.split(".");
  if (namespace !== undefined && svc !== undefined && svc !== "svc") return undefined;
  return graph.find<Service["props"]>("Service", namespace ?? home, name);
}
