import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { LocalPlatform } from "../components/local/platform.ts";
import { System as SystemComponent } from "../components/system.ts";
import { planSystem } from "../model/plan.ts";
import { STAGES, type Stage } from "../model/stage.ts";
import type { System } from "../model/system.ts";
import { systems } from "../systems/index.ts";
import { recordResources, type Recorded } from "./record-resources.ts";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "golden");

/** One golden: a system as it is registered for one stage. */
export interface Golden {
  readonly system: System;
  readonly stage: Stage;
  readonly file: string;
}

/** Every golden there must be. */
export const goldens: readonly Golden[] = systems.flatMap((system) =>
  STAGES.map((stage) => ({ system, stage, file: join(FOLDER, `${system.name}.${stage}.yaml`) })));

/** A cluster that nobody reaches: enough to register resources. */
const CLUSTER = {
  name: "golden", kubeconfig: "kubeconfig", context: null,
  storageClass: "local-path", gatewayClass: "traefik", gatewayPort: 8000, url: "http://127.0.0.1:8080",
} as const;

/** Every resource one system registers on one stage, in a stable order. */
export async function registered({ system, stage }: Pick<Golden, "system" | "stage">): Promise<Recorded[]> {
  return recordResources(stage, (parent) => {
    const plan = planSystem(system, stage);
    const platform = new LocalPlatform(`${plan.name}-platform`, { plan, cluster: CLUSTER, image: (name) => `slipway.local/${name}:golden` }, { parent });
    new SystemComponent(plan.name, { plan, platform }, { parent });
  });
}

/** The same as YAML, one document a resource. */
export async function goldenText(golden: Golden): Promise<string> {
  const resources = await registered(golden);
  return resources.map(({ type, name, parent, protect, dependsOn, inputs }) =>
    `---\n${stringify({ type, name, parent, protect, dependsOn, inputs }, { lineWidth: 0, aliasDuplicateObjects: false, version: "1.1" })}`).join("");
}

/** What is committed; empty where nothing is yet. */
export function committedText({ file }: Golden): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Writes every golden anew; `npm run generate` calls it. */
export async function writeGoldens(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const golden of goldens) writeFileSync(golden.file, await goldenText(golden));
}

if (import.meta.main) await writeGoldens();
