import type { SystemPlan } from "../../../model/plan.ts";
import type { AnswerPlan } from "../../../model/plan/edges/answers.ts";
import type { ProbePlan, ProbePlans } from "../../../model/plan/program/probes.ts";
import type { SourcePlan } from "../../../model/plan/program/source.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { table } from "../table.ts";

/** Where each program comes from, what it answers, and how it starts and stops. */
export function programs({ workloads }: SystemPlan): string {
  return table(
    ["name", "from", "runs", "answers", "health", "starts within", "stops within", "figures", "migration"],
    workloads.map((workload) => [
      workload.name,
      source(workload.source),
      command(workload.run),
      workload.answers.map(answer).join(", ") || "nothing",
      workload.probes ? health(workload.probes) : "–",
      workload.probes ? `${patience(workload.probes.startup)} s` : "–",
      `${workload.rollout.drainSeconds} s`,
      workload.metrics ? `${workload.metrics.port}${workload.metrics.path}` : "none",
      migration(workload),
    ]),
  );
}

/** Where a program comes from, in a few words. */
export function source(from: SourcePlan): string {
  if (from.kind === "kit") return `kit: ${from.file}`;
  if (from.kind === "shipped") return "comes with Slipway";
  if (from.kind === "image") return `image: ${from.reference}`;
  if (from.kind === "make") return `made by \`${from.command}\`, again when ${from.watches.join(", ")} changes`;
  const { context, dockerfile, target, args } = from;
  const given = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  return [`build: ${context}/${dockerfile}`, ...(target === null ? [] : [`up to ${target}`]), ...given].join(", ");
}

/** What is run of an image. */
export function command(run: readonly string[] | null): string {
  return run === null ? "the image's own" : `\`${run.join(" ")}\``;
}

function answer({ name, protocol, listens, known, open }: AnswerPlan): string {
  const ports = known === listens ? String(listens) : `${listens}, known as ${known}`;
  return `${name}: ${protocol} ${ports}${open === null ? "" : " (stays open)"}`;
}

function health({ readiness, liveness }: ProbePlans): string {
  const [ready, alive] = [asked(readiness), asked(liveness)];
  return ready === alive ? ready : `${ready}, alive ${alive}`;
}

function asked(probe: ProbePlan): string {
  if ("command" in probe) return `\`${probe.command.join(" ")}\``;
  if ("grpc" in probe) return `grpc ${probe.grpc.port}`;
  if ("tcp" in probe) return `connects to ${probe.tcp.port}`;
  const { port, path, headers } = probe.http;
  const sent = Object.entries(headers).map(([name, value]) => ` with ${name}: ${value}`);
  return `${port}${path}${sent.join("")}`;
}

function patience({ periodSeconds, failureThreshold }: ProbePlan): number {
  return periodSeconds * failureThreshold;
}

function migration({ migration: planned }: WorkloadPlan): string {
  if (planned === null) return "–";
  const image = planned.source === null ? "" : ` of ${source(planned.source)}`;
  return `${command(planned.run)}${image}, within ${planned.endsWithinSeconds} s`;
}

/** Second programs in the pods of others. */
export function beside({ workloads }: SystemPlan): string {
  return table(
    ["service", "beside it", "from", "runs", "why"],
    workloads.flatMap((workload) =>
      workload.beside.map(({ name, source: from, run, reason }) => [
        workload.name,
        name,
        source(from),
        command(run),
        reason,
      ]),
    ),
  );
}

/** Rights in the cloud that no edge gives. */
export function rights({ workloads }: SystemPlan): string {
  return table(
    ["service", "may", "on", "why"],
    workloads.flatMap(({ name, rights: given }) =>
      given.map(({ actions, on, reason }) => [name, actions.join(", "), on, reason]),
    ),
  );
}
