import type { Companion, Program, Sizes } from "../program.ts";
import { get, items, type Node, textOf, textsOf } from "../reading/node.ts";
import { kubernetesSize, stopsWithin, timeOf } from "../reading/sizes.ts";
import { parseSchedule } from "../../../model/plan/program/schedule.ts";
import { inWords } from "../../../model/check/program/job.ts";
import { type ClusterObject, labelsOfNode, type Objects } from "./objects.ts";
import { commandText } from "../reading/command-text.ts";
import { leftOut } from "./left-out.ts";
import { probesOf } from "./probes.ts";
import type { Route } from "./routes.ts";
import { scaleOf } from "./scale.ts";
import { answersOf, servicesOf } from "./services.ts";
import { variablesOf } from "./variables.ts";
import { mountedBy } from "./volumes.ts";

/** One workload of a cluster as a program. */
export function programOf(object: ClusterObject, objects: Objects, routes: readonly Route[]): Program {
  const { kind, name, namespace, node } = object;
  const { template, pod, containers, main, image } = podOf(object);
  const services = servicesOf(labelsOfNode(get(template, "metadata", "labels")), namespace, objects);
  const probed = probesOf(main, (wanted) => portNamed(main, wanted));
  const answers = answersOf(main, services, probed.ports, routes);
  const mounted = mountedBy(main, pod, items(get(node, "spec", "volumeClaimTemplates")), objects, namespace);
  const command = commandOf(main);
  const own = services[0]?.name ?? name;
  const scale = scaleOf(kind, name, namespace, objects);
  return {
    name: own,
    at: node.at,
    aliases: [...new Set([name, ...services.map((one) => one.name)])].filter((one) => one !== own),
    namespace,
    job: kind === "Job" || kind === "CronJob",
    ...scheduleOf(object),
    source: { image },
    base: image,
    ...command,
    ports: answers.ports,
    published: answers.published,
    variables: variablesOf(main, objects, namespace),
    written: [...commandText(command.run, main.at), ...mounted.written],
    ...(probed.health !== undefined && { health: probed.health }),
    sizes: sizesOf(main, pod, probed.startsWithin, mounted.writes),
    ...(scale.scale !== undefined && { scale: scale.scale }),
    ...(mounted.folder !== undefined && { folder: mounted.folder }),
    files: mounted.files,
    onHost: textOf(get(pod, "hostNetwork")) === "true",
    waitsFor: [],
    beside: containers.filter((one) => one !== main).map((one) => companion(one, objects, namespace)),
    notes: [mounted, answers, scale, { notes: leftOut(object, pod, main) }].flatMap(({ notes }) => notes),
  };
}

function portNamed(container: Node, wanted: string): number | undefined {
  const found = items(get(container, "ports")).find((one) => textOf(get(one, "name")) === wanted);
  const number = textOf(get(found, "containerPort"));
  return number === undefined ? undefined : Number(number);
}

/** The pod of a workload and its first program: the one that is called like it, if there is one. */
function podOf(object: ClusterObject) {
  const template = podTemplate(object);
  const pod = get(template, "spec") ?? object.node;
  const containers = items(get(pod, "containers"));
  const main = containers.find((one) => textOf(get(one, "name")) === object.name) ?? containers[0] ?? pod;
  return { template, pod, containers, main, image: textOf(get(main, "image")) ?? "" };
}

function podTemplate({ kind, node }: ClusterObject): Node | undefined {
  if (kind === "Pod") return node;
  return get(node, "spec", ...(kind === "CronJob" ? ["jobTemplate", "spec"] : []), "template");
}

/** Arguments alone stand behind whatever the image starts with. */
function commandOf(container: Node): Pick<Program, "run" | "behind"> {
  const [command, args] = ["command", "args"].map((key) => get(container, key));
  const run = [...textsOf(command), ...textsOf(args)];
  return { run, ...(command === undefined && args !== undefined && { behind: args.at }) };
}

function sizesOf(container: Node, pod: Node, startsWithin: string | undefined, writes: readonly string[]): Sizes {
  const resources = get(container, "resources");
  const memory = kubernetesSize(textOf(get(resources, "limits", "memory") ?? get(resources, "requests", "memory")));
  const cpu = textOf(get(resources, "requests", "cpu") ?? get(resources, "limits", "cpu"));
  const stops = textOf(get(pod, "terminationGracePeriodSeconds"));
  const user = Number(
    textOf(get(container, "securityContext", "runAsUser") ?? get(pod, "securityContext", "runAsUser")) ?? 0,
  );
  return {
    ...(cpu !== undefined && /^(\d+m|\d+(\.\d+)?)$/.test(cpu) && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(startsWithin !== undefined && { startsWithin }),
    ...(stops !== "30" && stopsWithin(stops === undefined ? undefined : Number(stops))),
    ...(user > 0 && { user }),
    ...(writes.length > 0 && { writes }),
  };
}

const OVERLAP: Readonly<Record<string, "skip" | "replace" | "allow">> = {
  Forbid: "skip",
  Replace: "replace",
  Allow: "allow",
};

function scheduleOf({ kind, node }: ClusterObject): Pick<Program, "runs" | "endsWithin" | "overlap"> {
  if (kind !== "Job" && kind !== "CronJob") return {};
  const cron = textOf(get(node, "spec", "schedule")) ?? "";
  const runs = kind === "Job" ? "when asked" : parseSchedule(cron) === undefined ? (inWords(cron) ?? cron) : cron;
  const job = kind === "Job" ? get(node, "spec") : get(node, "spec", "jobTemplate", "spec");
  const ends = textOf(get(job, "activeDeadlineSeconds"));
  const overlap = OVERLAP[textOf(get(node, "spec", "concurrencyPolicy")) ?? ""];
  return {
    runs,
    ...(ends !== undefined && { endsWithin: timeOf(Number(ends)) }),
    ...(overlap !== undefined && { overlap }),
  };
}

function companion(container: Node, objects: Objects, namespace: string): Companion {
  return {
    name: textOf(get(container, "name")) ?? "beside",
    image: textOf(get(container, "image")) ?? "",
    run: [...textsOf(get(container, "command")), ...textsOf(get(container, "args"))],
    variables: variablesOf(container, objects, namespace),
    at: container.at,
  };
}
