import { inProduction, limit, resourceRule, type Problem } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import { dependenciesOf } from "../../views/dependencies.ts";
import { destinationRuleOf } from "../../views/entry/mesh.ts";
import { meshHost, seconds, type MeshRoute, type VirtualService } from "../../views/entry/routes.ts";
import { backing, type Service } from "../../views/services.ts";

const connectSeconds = (graph: Graph, { namespace }: VirtualService, route: MeshRoute): number | undefined => {
  const host = meshHost(route.route?.[0]?.destination?.host ?? "", namespace);
  return seconds(
    destinationRuleOf(graph, host.namespace, host.name)?.props.spec?.trafficPolicy?.connectionPool?.tcp?.connectTimeout,
  );
};

export const retryBudget = resourceRule<VirtualService["props"]>()({
  id: "retry-budget",
  number: "X10",
  items: [2],
  on: ["VirtualService"],
  severity: "high",
  levels: inProduction,
  title: "Retries fit into the time the caller waits",
  why: "Retries beyond the time-out are load without an answer; without a time-out they pile up until everything stands.",
  fix: `http: [{ route, timeout: "10s", retries: { attempts: 2, perTryTimeout: "3s" } }]`,
  limits: { attempts: limit("most retries", 3) },
  *across(virtual, { graph, limit: { attempts: most } }) {
    for (const [index, route] of (virtual.props.spec?.http ?? []).entries()) {
      const path = `spec.http[${index}]`;
      const { attempts = 0, perTryTimeout } = route.retries ?? {};
      if (!route.retries || attempts < 1) continue;
      const [timeout, perTry, connect] = [
        seconds(route.timeout),
        seconds(perTryTimeout),
        connectSeconds(graph, virtual, route),
      ];
      if (timeout === undefined || timeout === 0)
        yield {
          path: `${path}.timeout`,
          found: `none, with ${attempts} retries`,
          wanted: "a time-out for all attempts together",
        };
      if (timeout && perTry && (attempts + 1) * perTry > timeout)
        yield {
          path: `${path}.retries`,
          found: `${(attempts + 1) * perTry} s`,
          wanted: `<= ${timeout} s, the time-out`,
          note: `(${attempts} retries + 1) × ${perTry} s = ${(attempts + 1) * perTry} s`,
        };
      if (attempts > most) yield { path: `${path}.retries.attempts`, found: String(attempts), wanted: `<= ${most}` };
      if (connect !== undefined && perTry !== undefined && connect >= perTry)
        yield {
          path: `${path}.retries.perTryTimeout`,
          found: `${perTry} s`,
          wanted: `> ${connect} s, the time to connect`,
        };
    }
    yield* impatience(graph, virtual);
  },
});

/** Routes on which a caller gives up before its own callee would. */
function* impatience(graph: Graph, virtual: VirtualService): Iterable<Problem> {
  const timeouts = graph.once(
    "mesh time-outs by service",
    () =>
      new Map(
        graph.of<VirtualService["props"]>("VirtualService").flatMap((one) =>
          (one.props.spec?.http ?? []).flatMap(({ route, timeout }) =>
            (route ?? []).map(({ destination }) => {
              const { name, namespace } = meshHost(destination?.host ?? "", one.namespace);
              return [`${namespace}/${name}`, seconds(timeout)] as const;
            }),
          ),
        ),
      ),
  );
  for (const [index, { route, timeout }] of (virtual.props.spec?.http ?? []).entries()) {
    const own = seconds(timeout);
    for (const { destination } of own ? (route ?? []) : []) {
      const { name, namespace } = meshHost(destination?.host ?? "", virtual.namespace);
      const service = graph.find<Service["props"]>("Service", namespace, name);
      const callees = service ? backing(graph, service).flatMap((workload) => dependenciesOf(graph, workload)) : [];
      for (const callee of callees) {
        const inner = timeouts.get(`${callee.service.namespace}/${callee.service.name}`);
        if (own && inner && own <= inner && callee.service.name !== name)
          yield {
            path: `spec.http[${index}].timeout`,
            found: `${own} s`,
            wanted: `> ${inner} s, which ${name} waits for ${callee.service.name}`,
          };
      }
    }
  }
}
