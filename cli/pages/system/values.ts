import type { SystemPlan } from "../../../model/plan.ts";
import type { Piece, Variables } from "../../../model/plan/program/pieces.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import type { System } from "../../../model/system.ts";
import type { File } from "../../../model/words/value.ts";
import { table } from "../table.ts";

/** Variables as programs read them. Of those on the kit only what the description names: the rest is the kit's own affair. */
export function variables(system: System, { workloads }: SystemPlan): string {
  const rows = workloads.flatMap((workload) =>
    [
      ...read(workload).filter(
        ([name]) => !["kit", "shipped"].includes(workload.source.kind) || isNamed(system, workload.name, name),
      ),
      ...workload.beside.flatMap((program) =>
        read(program).map(([name, value]) => [`${program.name}: ${name}`, value]),
      ),
    ].map(([name = "", value = ""]) => [workload.name, name, value]),
  );
  return rows.length === 0 ? "" : table(["service", "variable", "value"], rows);
}

function isNamed({ services }: System, service: string, variable: string): boolean {
  return Object.hasOwn(services[service]?.reads ?? {}, variable);
}

function read({ settings, composed, ofPod }: Variables): (readonly [string, string])[] {
  return [
    ...Object.entries(settings).map(([name, value]) => [name, value === "" ? "(empty)" : value] as const),
    ...Object.entries(composed).map(([name, pieces]) => [name, pieces.map(piece).join("")] as const),
    ...Object.entries(ofPod).map(([name, fact]) => [name, `⟨${fact} of the pod⟩`] as const),
  ];
}

/** What only the place where it runs can fill in, in angle brackets. */
function piece(one: string | Piece): string {
  if (typeof one === "string") return one;
  if ("store" in one) return `⟨${one.fact} of ${one.store}⟩`;
  if ("secret" in one) return `⟨secret ${one.secret}⟩`;
  return "broker" in one ? `⟨${one.broker} of the events⟩` : `⟨${one.place}⟩`;
}

/** Files laid into containers, read-only. */
export function files({ workloads }: SystemPlan): string {
  return table(
    ["service", "file", "content"],
    workloads.flatMap((workload: WorkloadPlan) =>
      workload.files.map(({ path, content }) => [workload.name, path, written(content)]),
    ),
  );
}

const SHOWN = 60;

function written(file: File): string {
  if ("secret" in file) return `⟨secret ${file.secret}⟩`;
  if ("from" in file) return `the file ${file.from}`;
  const line = file.text.trim().replaceAll(/\s+/g, " ");
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}… (${file.text.length} characters)`;
}

/** Secrets by their names, and who reads them. */
export function secrets({ secrets: all }: SystemPlan): string {
  return table(
    ["secret", "on dev", "read by"],
    all.map(({ name, onDev, readers }) => [name, onDev, readers.join(", ")]),
  );
}
