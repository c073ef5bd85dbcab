import type { Fault } from "../fault.ts";
import { parseDuration } from "../quantity.ts";
import type { System } from "../system.ts";
import type { Measure } from "../words/measure.ts";
import { at, servicesOf } from "./place.ts";

/** Measures of services' own that Prometheus would refuse, or that two services call by one name. */
export function checkMeasures(system: System): Fault[] {
  const named = servicesOf(system).flatMap(([service, { measures = {} }]) =>
    Object.entries(measures).map(([name, measure]) => ({ service, name, measure })),
  );
  return named.flatMap(({ service, name, measure }, index) => {
    const path = at(system, service, `measures.${name}`);
    const first = named.slice(0, index).find((other) => other.name === name);
    return [...(first ? [twice(path, name, first.service)] : []), ...nameOf(path, name), ...series(path, measure)];
  });
}

function twice(path: string, name: string, owner: string): Fault {
  return {
    kind: "measure-twice",
    path,
    found: `"${name}", which ${owner} has too`,
    allowed: "each name once in a system: alert and runbook are called so",
    fix: "rename one of them",
  };
}

function nameOf(path: string, name: string): Fault[] {
  if (/^([A-Z][a-z0-9]+)+$/.test(name)) return [];
  const allowed = 'what is seen, in PascalCase, such as "OrdersWaiting"';
  return [{ kind: "measure-name", path, found: `"${name}"`, allowed, fix: "rename the measure" }];
}

function series(path: string, { metric, kind, alert }: Measure): Fault[] {
  const faults: Fault[] = [];
  if (!/^[a-z][a-z0-9_]*$/.test(metric) || (kind === "counter" && !metric.endsWith("_total")))
    faults.push({
      kind: "measure-metric",
      path: `${path}.metric`,
      found: `"${metric}"`,
      allowed: 'lower-case letters, digits and "_"; a counter ends in "_total"',
      fix: "rename the series, in the service too",
    });
  if (alert && parseDuration(alert.lasting) === undefined)
    faults.push({
      kind: "measure-lasting",
      path: `${path}.alert.lasting`,
      found: `"${alert.lasting}"`,
      allowed: 'a number with s, m or h, such as "5m"',
      fix: "write the unit",
    });
  return faults;
}
