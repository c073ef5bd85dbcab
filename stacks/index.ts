import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { assertCurrent } from "./current-settings.ts";
import { assertDeployable } from "../model/check.ts";
import { planSystem } from "../model/plan.ts";
import { systemNames } from "../model/system-names.ts";
import { systems } from "../systems/index.ts";
import { withFiles } from "./laid-files.ts";
import { readSettings } from "./settings.ts";
import { withoutSecrets } from "./without-secrets.ts";
import { withoutTraces } from "./without-traces.ts";

withoutTraces();
withoutSecrets();

/** Folder of the descriptions. */
const SYSTEMS = join(import.meta.dirname, "../systems");

/** Where each stage runs; the only place that knows. Loaded when chosen: the SDK of AWS costs more time than the rest together. */
const STAGES = {
  dev: async () => (await import("./dev.ts")).dev,
  prod: async () => (await import("./prod.ts")).prod,
} as const;

/** Reads what is wanted, plans it and registers it. Everything that is wrong is said before anything is registered. */
async function deploy(): Promise<Readonly<Record<string, pulumi.Output<string>>>> {
  try {
    await assertCurrent(join(import.meta.dirname, ".."), pulumi.getStack(), pulumi.runtime.allConfig());
    const settings = readSettings(pulumi.getStack(), pulumi.runtime.allConfig(), systemNames(systems));
    const wanted = settings.systems.flatMap((wantedName) => systems.find(({ name }) => name === wantedName) ?? []);
    assertDeployable(settings.stage, wanted);
    const register = await STAGES[settings.stage]();
    return await register(
      wanted.map((system) => withFiles(planSystem(system, settings.stage), SYSTEMS)),
      settings,
    );
  } catch (error) {
    // The message is written for the person who typed the command; a stack of this program would only hide it.
    throw error instanceof Error ? new pulumi.RunError(error.message) : error;
  }
}

/** Address of each system's public entry. */
export const urls = await deploy();
