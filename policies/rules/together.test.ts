import assert from "node:assert/strict";
import { judge } from "../judging/judge.ts";
import { Graph } from "../resources/graph.ts";
import { RULES } from "../rules.ts";
import { changed, type Edits } from "../testing/case.ts";

/** What a team may have decided before anybody asks a rule. */
const GIVEN: Readonly<Record<string, Edits>> = {
  "nothing more": {},
  "a claim for one pod": {
    "Deployment/order $p.volumes[+]": { name: "data", persistentVolumeClaim: { claimName: "archive" } },
  },
  "a claim for many pods": {
    "Deployment/order $p.volumes[+]": { name: "data", persistentVolumeClaim: { claimName: "archive" } },
    "PersistentVolumeClaim/archive spec.accessModes": ["ReadWriteMany"],
  },
  "a fixed number": { "-": ["HorizontalPodAutoscaler/order"], "Deployment/order spec.replicas": 2 },
  "a database's engine": {
    "Deployment/order $c.image": `mariadb@sha256:${"b".repeat(64)}`,
    "Deployment/order $p.volumes[+]": { name: "data", persistentVolumeClaim: { claimName: "archive" } },
  },
  "a helper container": {
    "Deployment/order $p.containers[+]": {
      name: "log",
      image: `log@sha256:${"c".repeat(64)}`,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "16Mi" } },
    },
  },
};
/** What the fixes of rules leave to choose: how pods are replaced, how many there are, what protects them. */
const STRATEGIES: readonly Edits[] = [
  {},
  { "Deployment/order spec.strategy": { type: "Recreate" } },
  { "Deployment/order spec.strategy": { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } },
];
const NUMBERS: readonly Edits[] = [
  {},
  { "-": ["HorizontalPodAutoscaler/order", "PodDisruptionBudget/order"], "Deployment/order spec.replicas": 1 },
];

/** Mandatory findings about the workload that come with these changes. */
function findings(...edits: readonly Edits[]): string[] {
  const { findings: all } = judge(new Graph(changed(...edits)), RULES, { tier: "standard", facts: {} });
  return all.filter(({ level }) => level === "mandatory").map(({ rule, found }) => `${rule.id}: ${found}`);
}

describe("rules together", () => {
  for (const [what, given] of Object.entries(GIVEN))
    it(`can all be kept by a Deployment with ${what}`, () => {
      const tries = STRATEGIES.flatMap((strategy) => NUMBERS.map((number) => findings(given, strategy, number)));
      const best = tries.toSorted((a, b) => a.length - b.length)[0];
      assert.deepEqual(best, []);
    });
});
