import { readFile } from "node:fs/promises";
import { UserError } from "../../terminal/user-error.ts";
import type { RecordedPlan, RecordedResource } from "../recorded-plan.ts";

/** The record that a plan is compared with; null where none is named. */
export async function readRecord(file: string | undefined, stack: string): Promise<RecordedPlan | null> {
  if (file === undefined) return null;
  try {
    return recordIn(await readFile(file, "utf8"), file, stack);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `slipway preview: --against ${file} cannot be read: ${reasonOf(error)}. ${nextStep(file, stack)}`,
    );
  }
}

/** The record in the text of a file. */
export function recordIn(text: string, file: string, stack: string): RecordedPlan {
  const found = JSON.parse(text) as Partial<RecordedPlan> | null;
  if (found?.stack !== stack || !Array.isArray(found.resources)) {
    const other = typeof found?.stack === "string" ? `, but of "${found.stack}"` : "";
    throw new UserError(
      `slipway preview: --against ${file} is no record of stack "${stack}"${other}. ${nextStep(file, stack)}`,
    );
  }
  const wrong = found.resources.findIndex((resource) => !isResource(resource));
  if (wrong >= 0)
    throw new UserError(
      `slipway preview: --against ${file}: resources[${wrong}] is none: wanted urn, type and custom, and objects as inputs and outputs. ${nextStep(file, stack)}`,
    );
  const { facts = {}, resources } = found;
  if (typeof facts !== "object" || facts === null || Array.isArray(facts))
    throw new UserError(
      `slipway preview: --against ${file}: facts are none: wanted an object. ${nextStep(file, stack)}`,
    );
  return { stack, planOnly: found.planOnly === true, facts, resources };
}

function isResource(value: unknown): value is RecordedResource {
  const { urn, type, custom, inputs = {}, outputs = {}, ...rest } = (value ?? {}) as Partial<RecordedResource>;
  const texts = [urn, type, ...[rest.id, rest.parent, rest.provider].filter((text) => text !== undefined)];
  const objects: readonly unknown[] = [inputs, outputs];
  return (
    texts.every((text) => typeof text === "string") &&
    typeof custom === "boolean" &&
    objects.every((object) => typeof object === "object" && object !== null && !Array.isArray(object))
  );
}

function nextStep(file: string, stack: string): string {
  return `Next: npx slipway preview ${stack} --record ${file}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
