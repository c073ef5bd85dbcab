import type { types } from "@pulumi/kubernetes";
import type { BesidePlan, WorkloadPlan } from "../../../model/plan/workload.ts";
import type { ProbePlan } from "../../../model/plan/program/probes.ts";
import type { ImageConnection } from "../../platform.ts";
import { probe } from "./probe.ts";
import { containerSecurity, TEMP_MOUNT } from "../security.ts";

type Container = types.input.core.v1.Container;

/** What the containers of a program need beside the plan: images and what is filled in where it runs. */
export interface ContainerParts {
  readonly plan: WorkloadPlan;
  readonly image: ImageConnection;
  readonly env: types.input.core.v1.EnvVar[];
  readonly mounts: readonly types.input.core.v1.VolumeMount[];
}

/** The program of a service, a worker or a job. */
export function container({ plan, image, env, mounts }: ContainerParts): Container {
  return { ...program(plan, image, plan.name, env), ...running(plan), volumeMounts: [TEMP_MOUNT, ...mounts] };
}

/** A second program in the same pod. It gets no promise of its own: no probes, a share of what the first one needs. */
export function besideContainer({ name, run }: BesidePlan, { plan, image, env, mounts }: ContainerParts): Container {
  return { ...program({ ...plan, run }, image, name, env), volumeMounts: [TEMP_MOUNT, ...mounts] };
}

function program(
  { run, resources }: Pick<WorkloadPlan, "run" | "resources">,
  image: ImageConnection,
  name: string,
  env: types.input.core.v1.EnvVar[],
): Container {
  return {
    name,
    image: image.reference,
    ...(run === null ? {} : { command: [...run] }),
    env,
    resources: {
      requests: { cpu: resources.cpuRequest, memory: resources.memory },
      limits: { cpu: resources.cpuLimit, memory: resources.memory },
    },
    securityContext: containerSecurity(),
  };
}

/** What only a program has that runs all the time. */
function running({ kind, answers, metrics, probes, rollout }: WorkloadPlan): Partial<Container> {
  if (kind === "job") return {};
  const named = new Map<number, string>(answers.map(({ listens, name }) => [listens, name]));
  if (metrics !== null && !named.has(metrics.port)) named.set(metrics.port, "metrics");
  const asked = probes && healthPort(probes.readiness);
  if (asked !== null && !named.has(asked)) named.set(asked, "health");
  const nameOf = (port: number) => named.get(port);
  return {
    ports: [...named].map(([containerPort, name]) => ({ name, containerPort })),
    ...(probes === null
      ? {}
      : {
          startupProbe: probe(probes.startup, nameOf),
          readinessProbe: probe(probes.readiness, nameOf),
          livenessProbe: probe(probes.liveness, nameOf),
        }),
    // Kubernetes itself sleeps: the image needs no shell, and the address leaves every Service before the stop signal.
    lifecycle: { preStop: { sleep: { seconds: rollout.preStopSeconds } } },
  };
}

/** The port where health is asked; null for a command. */
function healthPort(probe: ProbePlan): number | null {
  if ("http" in probe) return probe.http.port;
  if ("grpc" in probe) return probe.grpc.port;
  return "tcp" in probe ? probe.tcp.port : null;
}
