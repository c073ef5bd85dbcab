import * as pulumi from "@pulumi/pulumi";
import { assertDeployable } from "../model/check.ts";
import { planSystem } from "../model/plan.ts";
import type { System } from "../model/system.ts";
import { systemNames } from "../model/system-names.ts";
import { PROJECT } from "../toolchain/roots/project.ts";
import { assertCurrent } from "./current-settings.ts";
import { withFiles } from "./laid-files.ts";
import { readSettings } from "./settings.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Where each stage runs; the only place that knows. Loaded when chosen: the SDK of AWS costs more time than the rest together. */
const STAGES = {
  dev: async () => (await import("./dev.ts")).dev,
  prod: async () => (await import("./prod.ts")).prod,
} as const;

/**
 * Plans the described systems for the stack that is deployed, and registers everything they need. Answers the address of each
 * one's public entry by its name. Everything that is wrong is said before anything is registered.
 */
export async function deploy(...systems: readonly System[]): Promise<Readonly<Record<string, pulumi.Output<string>>>> {
  withoutSecrets();
  try {
    await assertCurrent(PROJECT, pulumi.getStack(), pulumi.runtime.allConfig());
    const settings = readSettings(pulumi.getStack(), pulumi.runtime.allConfig(), systemNames(systems));
    const wanted = settings.systems.flatMap((wantedName) => systems.find(({ name }) => name === wantedName) ?? []);
    assertDeployable(settings.stage, wanted);
    const register = await STAGES[settings.stage]();
    return await register(
      wanted.map((system) => withFiles(planSystem(system, settings.stage), PROJECT)),
      settings,
    );
  } catch (error) {
    // The message is written for the person who typed the command; a stack of this program would only hide it.
    throw error instanceof Error ? new pulumi.RunError(error.message) : error;
  }
}
