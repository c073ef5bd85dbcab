import { LABEL } from "../../../model/names.ts";
import { environment } from "../../views/config-refs.ts";
import { serviceAt } from "../../views/dependencies.ts";
import type { Graph } from "../../resources/graph.ts";
import { intents } from "../../views/intent.ts";
import { longRunning, servesForever, type Workload } from "../../resources/pods.ts";
import type { Resource } from "../../resources/resource.ts";
import { everywhere, limit, notApplicable, workloadRule } from "../../judging/rule.ts";
import { backing } from "../../views/services.ts";
import { UnknownValue } from "../../resources/unknown.ts";

/** A database server that a workload connects to, with the engine that it runs. */
interface Server {
  readonly engine: string;
  readonly resource: Resource;
}
interface Address {
  readonly host: string;
  readonly path: string;
}

const SERVERS = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];
/** Engine in the last part of an image's name; exporters and backups only speak to one. */
const ENGINE = /(mariadb|mysql|percona|postgres|mongo|redis|mssql|oracle)(?!.*(?:exporter|backup))[^/]*$/i;
const ADDRESS = /^(DATABASE|DB|MYSQL|MARIADB|POSTGRES|PG)_?(HOST|URL)$|DATASOURCE_URL$/;

export const paymentsInMariadb = workloadRule({
  id: "payments-in-mariadb",
  number: "C75",
  items: [22],
  severity: "high",
  levels: everywhere,
  title: "Payments stand in MariaDB, whatever the other services use",
  why: "Money is kept where transactions, backups and the drill of restoring them are known; a second engine has none of that on the day it is needed.",
  fix: `new aws.rds.Instance("payments", { engine: "mariadb", engineVersion: "11.4", instanceClass: "db.m7g.large" })`,
  limits: { services: limit<readonly string[]>("services that keep payments", ["payment"]) },
  *across(workload, { graph, limit: { services } }) {
    const name = workload.metadata.labels?.[LABEL.name] ?? workload.name;
    if (!servesForever(workload) || !services.includes(name)) return notApplicable;
    const intent = intents(graph).find((one) => one.name === name && one.system === workload.namespace);
    if (intent && intent.database === undefined)
      return yield {
        path: "plan.database",
        found: "none",
        wanted: "a MariaDB database",
        on: intent.resource,
        related: [workload.resource],
      };
    const address = addressOf(graph, workload);
    const found = address === "unknown" ? cloudServers(graph) : address && serversAt(graph, workload, address);
    if (!found) return notApplicable; // no address of a database: nobody declared where payments stand
    if (found.length === 0) throw new UnknownValue(`the database of ${name} is not declared here`);
    const path = typeof address === "object" ? address.path : `${workload.path}.containers[0].env`;
    for (const { engine, resource } of found)
      if (engine !== "mariadb")
        yield { path, found: `${engine} in ${resource.name}`, wanted: "mariadb", related: [resource] };
  },
});

/** The address of the workload's database; "unknown" when only deployment tells it. */
function addressOf(graph: Graph, workload: Workload): Address | "unknown" | undefined {
  try {
    const [found] = [...environment(graph, workload)].filter(([name]) => ADDRESS.test(name));
    if (!found) return undefined;
    const [, { value, path }] = found;
    return { host: /^(?:[a-z0-9+]+:)*(?:\/\/)?(?:[^@/]*@)?([^/:?,]+)/i.exec(value)?.[1] ?? value, path };
  } catch (error) {
    if (error instanceof UnknownValue) return "unknown";
    throw error;
  }
}

function serversAt(graph: Graph, workload: Workload, { host }: Address): readonly Server[] {
  const service = serviceAt(graph, host, workload.namespace);
  if (!service)
    return cloudServers(graph).filter(({ resource }) =>
      [resource.name, (resource.props as { readonly identifier?: string }).identifier].includes(host.split(".")[0]),
    );
  return backing(graph, service).flatMap((behind) =>
    longRunning(behind).flatMap(({ container }) => {
      const engine = ENGINE.exec((container.image ?? "").replace(/[:@].*$/, ""))?.[1]?.toLowerCase();
      return engine === undefined ? [] : [{ engine, resource: behind.resource }];
    }),
  );
}

/** What the cloud runs: where an address is not known yet, it is one of these. */
function cloudServers(graph: Graph): readonly Server[] {
  return SERVERS.flatMap((kind) => graph.of<{ readonly engine?: string }>(kind)).map((resource) => ({
    engine: resource.props.engine ?? "an engine that nobody named",
    resource,
  }));
}
