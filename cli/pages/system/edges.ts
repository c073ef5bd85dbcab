import type { SystemPlan } from "../../../model/plan.ts";
import type { StandInPlan } from "../../../model/plan/edges/outside.ts";
import { command, source } from "./programs.ts";
import { table } from "../table.ts";

/** Who waits for whom, why, how long, and what happens when no answer comes. */
export function calls({ workloads }: SystemPlan): string {
  return table(
    [
      ...["caller", "callee", "why", "time-out", "at once", "breaker opens at", "kept by", "when it fails"],
      ...["transaction", "contract"],
    ],
    workloads.flatMap((workload) =>
      workload.calls.map((call) => [
        call.caller,
        call.address,
        call.reason,
        `${call.timeoutMs} ms`,
        String(call.maxConcurrent),
        call.keptBy === "kit" ? `${call.breakerErrorPercent} % of ≥ ${call.breakerMinCalls} calls` : "–",
        call.keptBy === "kit" ? "the kit" : call.keptBy === "program" ? "the program" : "nobody",
        call.onFailure,
        call.transactional ? "whole or not at all" : "–",
        call.contract ?? "–",
      ]),
    ),
  );
}

/** Who asks whom outside; nothing else leaves the cluster. */
export function thirdParties({ workloads }: SystemPlan): string {
  return table(
    ["service", "third party", "where", "on dev", "why", "time-out", "when it fails"],
    workloads.flatMap(({ name: service, outside }) =>
      outside.map(({ name, host, port, reason, timeoutMs, onFailure, onDev }) => [
        service,
        name,
        `${host}:${port}`,
        onDev === null ? "the same" : standIn(onDev),
        reason,
        timeoutMs === null ? "its own" : `${timeoutMs} ms`,
        onFailure,
      ]),
    ),
  );
}

function standIn({ name, source: from, run, listens }: StandInPlan): string {
  return `${name}: ${source(from)}, ${command(run)}, on ${listens}`;
}

/** Who says what, who listens, and what takes it back; the reason where nobody and nothing does. */
export function events({ messaging }: SystemPlan): string {
  return table(
    ["event", "producer", "consumers", "fields", "undone by", "contract"],
    messaging.events.map(({ name, producer, consumers, fields, undoneBy, neverUndone, terminal, contract }) => [
      name,
      producer,
      terminal === null ? consumers.join(", ") : `nobody: ${terminal}`,
      fields.join(", "),
      undoneBy ?? `nothing: ${neverUndone}`,
      contract,
    ]),
  );
}

/** What the public reaches. */
export function routes({ entry }: SystemPlan): string {
  return table(
    ["path", "methods", "who may call", "service", "the program sees", "answer", "time-out"],
    (entry?.routes ?? []).map(({ path, host, as, method, scopes, service, protocol, port, timeoutMs }) => [
      `${host === null ? "" : `${host}.`}${path}`,
      method ?? "all",
      callers(scopes),
      service,
      as ?? path,
      `${protocol} ${port}`,
      timeoutMs === null ? "stays open" : `${timeoutMs} ms`,
    ]),
  );
}

/** Who may call a route. */
function callers(scopes: readonly string[] | null): string {
  if (scopes === null) return "anyone";
  return scopes.length === 0 ? "who is signed in" : `with ${scopes.join(", ")}`;
}

/** Who signs callers in; nothing where nobody is asked. */
export function signIn({ entry }: SystemPlan): string {
  if (!entry?.signIn) return "";
  const { audience, issuer } = entry.signIn;
  const by =
    issuer === null
      ? "the platform's issuer"
      : `${issuer.service} (keys at ${issuer.service}:${issuer.port}${issuer.keys})`;
  const name = issuer?.name ? `, which calls itself ${issuer.name}` : "";
  return `Tokens are for \`${audience}\`, signed by ${by}${name}.`;
}
