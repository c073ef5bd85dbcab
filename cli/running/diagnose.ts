import { visible } from "../../model/harmless/visible.ts";
import { listeningPorts, processOfPod } from "../../toolchain/machine/listening-ports.ts";
import { getObjects, kubectl } from "./kubectl.ts";
import type { StackSettings } from "../stack/stack-settings.ts";

interface ContainerState {
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly terminated?: { readonly reason: string; readonly exitCode: number };
}
interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly state: ContainerState;
      readonly lastState?: ContainerState;
    }[];
  };
}
interface Event {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

/** What a probe says that finds nobody at its port. */
const REFUSED = /connection refused/;
/** Lines of the log that usually hold the reason. */
const LOG_LINES = 8;

/** Why pods are not ready: the probe or reason, and the last lines they logged. Empty when all are. */
export async function diagnose(settings: StackSettings): Promise<string[]> {
  return (await Promise.all(settings.systems.map((system) => diagnoseSystem(settings, system)))).flat();
}

async function diagnoseSystem(settings: StackSettings, system: string): Promise<string[]> {
  const pods = await getObjects<Pod>(settings, system, "pods");
  const events = await getObjects<Event>(settings, system, "events");
  const broken = pods.filter(
    ({ status }) =>
      status.phase !== "Succeeded" &&
      !status.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True"),
  );
  return (await Promise.all(broken.map((pod) => describePod(settings, pod, events)))).flat();
}

async function describePod(settings: StackSettings, pod: Pod, events: readonly Event[]): Promise<string[]> {
  const { name } = pod.metadata;
  const warnings = events.filter(
    ({ type, involvedObject }) => type === "Warning" && involvedObject.kind === "Pod" && involvedObject.name === name,
  );
  return [
    `pod ${name} is not ready:`,
    ...reasons(pod).map((reason) => `  ${reason}`),
    ...[...new Set(warnings.map(({ reason, message }) => `  ${reason}: ${message.trim()}`))].slice(-3),
    ...(warnings.some(({ message }) => REFUSED.test(message)) ? listening(pod) : []),
    ...(await lastLines(settings, pod)).map((line) => `  | ${line}`),
  ].map((line) => visible(line));
}

/** What a program really listens on, where its probe finds nobody; only this machine's own pods can be looked into. */
function listening({ metadata: { uid } }: Pod): string[] {
  const process = processOfPod(uid);
  if (process === undefined) return [];
  const ports = listeningPorts(process);
  return [`  its programs listen on ${ports.length === 0 ? "no TCP port" : `TCP ${ports.join(", ")}`}`];
}

function reasons({ status }: Pod): string[] {
  const states = (status.containerStatuses ?? [])
    .filter(({ ready }) => !ready)
    .flatMap(({ name, state, lastState }) => {
      const ended = state.terminated ?? lastState?.terminated;
      return [
        ...(state.waiting
          ? [
              `container ${name} waits: ${state.waiting.reason}${state.waiting.message ? ` (${state.waiting.message})` : ""}`,
            ]
          : []),
        ...(ended ? [`container ${name} ended: ${ended.reason}, exit code ${ended.exitCode}`] : []),
      ];
    });
  const unscheduled = status.conditions?.find(
    ({ type, status: value }) => type === "PodScheduled" && value === "False",
  );
  return unscheduled?.message ? [unscheduled.message, ...states] : states;
}

async function lastLines(settings: StackSettings, { metadata: { name, namespace } }: Pod): Promise<string[]> {
  try {
    const text = await kubectl(settings, ["logs", "-n", namespace, name, "--all-containers", `--tail=${LOG_LINES}`]);
    return text
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return []; // a container that never started has no log
  }
}
