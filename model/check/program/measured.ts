import type { Fault } from "../../fault.ts";
import { planAnswers } from "../../plan/edges/answers.ts";
import { planMetrics } from "../../plan/program/measured.ts";
import { isOnKit } from "../../plan/program/source.ts";
import type { System } from "../../system.ts";
import type { PrometheusSeries } from "../../words/promise.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, type Path, servicesOf, unless } from "../place.ts";
import { isPort } from "../spellings.ts";

/** Promises that nobody counts, and counts that nobody can read. */
export function checkMeasured(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const path = (field: string) => at(system, name, field);
    return [
      ...(isOnKit(part) ? [] : [...uncounted(path, part), ...uncountedEvents(path("slo"), part)]),
      ...unscraped(path("measures"), part),
      ...counter(path, part),
    ];
  });
}

/** A promise nobody counts is a lie. */
function uncounted(path: Path, { slo, measured }: AnyPart): Fault[] {
  const allowed = '"gateway", or { prometheus: "micrometer", path: "/actuator/prometheus" } and its like';
  if (measured === "kit") {
    const found = '"kit" of a program that is not on the kit';
    return [{ kind: "measured-kit", path: path("measured"), found, allowed, fix: "say who counts its requests" }];
  }
  return unless(slo === undefined || !("availability" in slo) || measured !== undefined, {
    kind: "measured-missing",
    path: path("measured"),
    found: "a promise that nobody counts",
    allowed,
    fix: 'write measured: "gateway" for a service with routes, say where its series are, or decline the promise',
  });
}

/** How old events are when they are worked on is known to the kit alone. */
function uncountedEvents(path: string, { slo }: AnyPart): Fault[] {
  return unless(slo === undefined || "declined" in slo || slo.freshness === undefined, {
    kind: "freshness-uncounted",
    path,
    found: "a promise about the age of work, which nobody counts for a program that is not on the kit",
    allowed: "no `freshness`; of a worker { declined: … } with the reason",
    fix: "decline it, and say under `measures` what the program counts itself",
  });
}

function unscraped(path: string, part: AnyPart): Fault[] {
  const worker = part.kind === "worker";
  return unless(Object.keys(part.measures ?? {}).length === 0 || planMetrics(part) !== null, {
    kind: "measure-unscraped",
    path,
    found: "measures of a program that shows no figures",
    allowed: worker
      ? "measures of a worker only on the kit: another one answers nobody"
      : "measures only where `measured` says at which port and path its series are",
    fix: worker
      ? "remove the measures, or make it a service that answers with its figures"
      : 'write measured: { prometheus: "promhttp", path: "/metrics" }, or remove the measures',
  });
}

function counter(path: Path, part: AnyPart): Fault[] {
  const { measured, routes = [] } = part;
  if (measured === "gateway")
    return unless(routes.length > 0, {
      kind: "measured-gateway",
      path: path("measured"),
      found: '"gateway" of a service without routes',
      allowed: "a counter that sees its requests",
      fix: "give it a route, or let the program count by itself",
    });
  if (measured === undefined || typeof measured === "string") return [];
  return [...port(path("measured.port"), part, measured), ...series(path, measured)];
}

function port(path: string, part: AnyPart, { port: written }: PrometheusSeries): Fault[] {
  const place = { kind: "measured-port", path, allowed: "1 to 65535; by default that of the first http answer" };
  if (written !== undefined)
    return unless(isPort(written), { ...place, found: String(written), fix: "write the port of its figures" });
  return unless(planAnswers(part).some(({ protocol }) => protocol === "http") || planAnswers(part).length === 0, {
    ...place,
    found: "nothing, and no http answer",
    fix: "write the port on which the program shows its figures",
  });
}

function series(path: Path, { path: asked, prometheus }: PrometheusSeries): Fault[] {
  return [
    ...unless(/^\/\S*$/.test(asked), {
      kind: "measured-path",
      path: path("measured.path"),
      found: `"${asked}"`,
      allowed: 'a path of the program, such as "/metrics"',
      fix: 'begin it with "/"',
    }),
    ...unless(typeof prometheus === "string" || /^[a-zA-Z_:][\w:]*$/.test(prometheus.seconds), {
      kind: "measured-series",
      path: path("measured.prometheus.seconds"),
      found: typeof prometheus === "string" ? prometheus : `"${prometheus.seconds}"`,
      allowed: "the name of a histogram without _bucket, _count or braces",
      fix: 'write a name such as "http_request_duration_seconds"',
    }),
    ...unless(typeof prometheus === "string" || /^[a-zA-Z_]\w*(=|!=|=~|!~)"[^"]*"(,.*)?$/.test(prometheus.good), {
      kind: "measured-good",
      path: path("measured.prometheus.good"),
      found: typeof prometheus === "string" ? prometheus : `"${prometheus.good}"`,
      allowed: 'PromQL matchers of a good answer, such as code!~"5.."',
      fix: "write the label, how it is compared, and the value in quotes; no braces",
    }),
  ];
}
