import * as pulumi from "@pulumi/pulumi";
import { ConfigMap, CustomResource } from "./kinds.ts";
import { TOKEN } from "../model/names.ts";
import type { EntryPlan, RoutePlan } from "../model/plan/edges/entry.ts";
import type { Owner } from "./manifests/metadata.ts";
import { gateway, httpRoute, limits, limitSettings, withoutIdentity } from "./manifests/gateway.ts";
import { balancer, transport } from "./manifests/backend.ts";
import type { CustomObject } from "./manifests/custom-object.ts";
import { signedIn, signedInName } from "./manifests/signed-in.ts";
import { settingsMap } from "./manifests/settings.ts";
import type { ClusterConnection, EntryConnection } from "./platform.ts";

export interface GatewayArgs {
  readonly plan: EntryPlan;
  readonly owner: Owner;
  readonly cluster: ClusterConnection;
  readonly entry: EntryConnection;
}

/** The one public entry of a system: its listener, its limits and a route for each service that has public paths. */
export class Gateway extends pulumi.ComponentResource {
  /** Where a client sends its requests. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, { plan, owner, cluster, entry }: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN.gateway, name, { plan }, opts);
    const child = { parent: this, provider: cluster.provider, dependsOn: [...entry.ready] };
    const create: Create = (resource, object, after = []) =>
      new CustomResource(resource, object, { ...child, dependsOn: [...child.dependsOn, ...after] });

    new ConfigMap(name, settingsMap(owner, limitSettings(plan)), child);
    const door = create(name, gateway(owner, entry));
    const { rate, body, inflight } = limits(owner, plan, entry);
    const limit = (what: string, object: CustomObject) => create(`${name}-${what}`, object).metadata.name;
    const filters = {
      identity: limit("identity", withoutIdentity(owner)),
      rate: limit("rate", rate),
      body: limit("body", body),
      inflight: limit("inflight", inflight),
      signedIn: onceForEach(signedInName, (scopes, set) => limit(set, signedIn(owner, scopes))),
    };
    const balancers = createBalancers(name, owner, plan, create);
    for (const { service, host, routes } of groups(plan)) {
      const named = { host: host === null ? null : entry.hostOf(host), routes, open: opens(plan, service) };
      const resource = host === null ? `${name}-${service}` : `${name}-${service}-${host}`;
      create(resource, httpRoute({ ...owner, name: service }, named, door.metadata.name, filters), balancers);
    }

    this.url = pulumi.output(entry.url);
    this.registerOutputs({ url: this.url });
  }
}

type Create = (resource: string, object: CustomObject, after?: readonly CustomResource[]) => CustomResource;

/** One transport for each time that the gateway waits, and over it a balancer for each port that some route leads to. */
function createBalancers(name: string, owner: Owner, { routes }: EntryPlan, create: Create): CustomResource[] {
  const ports = [...new Map(routes.map((route) => [`${route.service} ${route.port}`, route])).values()];
  return [...Map.groupBy(ports, ({ timeoutMs }) => timeoutMs)].flatMap(([timeoutMs, behind]) => {
    const waits = create(`${name}-${timeoutMs === null ? "open" : `${timeoutMs}ms`}`, transport(owner, timeoutMs));
    return behind.map((route) =>
      create(
        `${name}-${route.service}-${route.port}`,
        balancer({ ...owner, name: route.service }, route, waits.metadata.name),
      ),
    );
  });
}

/** Makes one thing for all that have the same name. */
function onceForEach<K, V>(nameOf: (key: K) => string, make: (key: K, name: string) => V): (key: K) => V {
  const made = new Map<string, V>();
  return (key) => {
    const name = nameOf(key);
    const known = made.get(name) ?? make(key, name);
    made.set(name, known);
    return known;
  };
}

/** Why everybody reaches an issuer: nobody has a token before. */
function opens({ signIn }: EntryPlan, service: string): string | null {
  return signIn?.issuer?.service === service ? "signs callers in, and shows the keys of their tokens" : null;
}

interface Group {
  readonly service: string;
  readonly host: string | null;
  readonly routes: readonly RoutePlan[];
}

/** One route object a service and host name. */
function groups({ routes }: EntryPlan): Group[] {
  const byKey = Map.groupBy(routes, ({ service, host }) => `${service} ${host ?? ""}`);
  return [...byKey.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ service: first.service, host: first.host, routes: group }] : [];
  });
}
