import type { SystemPlan } from "../../../model/plan.ts";
import type { Reader } from "./setting.ts";

/** Its gateway has a namespace of its own, `<system>-gateway`, and a namespace has at most 63 letters. */
const LONGEST_SYSTEM = 63 - "-gateway".length;

/** Names that Kubernetes takes and AWS does not, or that become too long here. */
export function checkNames(reader: Reader, { name: system, workloads }: SystemPlan): void {
  const fix = (name: string): string => `rename "${name}" in systems/${system}/system.ts`;
  if (system.length > LONGEST_SYSTEM) {
    reader.report({
      key: `system ${system}`,
      found: `${system.length} letters`,
      allowed: `at most ${LONGEST_SYSTEM}: its gateway's namespace is called ${system}-gateway`,
      fix: fix(system),
    });
  }
  for (const name of [system, ...workloads.map((workload) => workload.name)].filter((each) => each.includes("--"))) {
    reader.report({
      key: `system ${system}`,
      found: name,
      allowed: "names without two dashes in a row: neither ECR nor RDS takes them",
      fix: fix(name),
    });
  }
}
