import { readFileSync } from "node:fs";
import { CORE_SCHEMA, load, YAMLException } from "js-yaml";
import { readConfiguration, type Configuration } from "../../policies/reporting/settings.ts";
import { yamlSpot } from "../../policies/read/yaml-spots.ts";
import type { Source } from "../../policies/resources/resource.ts";
import { lineFinder } from "../../policies/resources/spot.ts";
import { RULES } from "../../policies/rules.ts";
import { UserError } from "../terminal/user-error.ts";
import { reasonOf } from "./reason.ts";

/** As the configuration is written: no dates, `expires` is text. */
const READING = { schema: CORE_SCHEMA };

/** The policy configuration in a YAML file, and where in it something stands. */
export function configurationIn(path: string): { readonly configuration: Configuration; readonly source: Source } {
  const text = contentOf(path);
  try {
    const configuration = readConfiguration(load(text, READING), path, RULES);
    return { configuration, source: { file: path, lineOf: lineFinder(yamlSpot(text, READING, 1, 1, 0)) } };
  } catch (error) {
    if (error instanceof YAMLException)
      throw new UserError(
        `slipway check: ${path}:${(error.mark?.line ?? 0) + 1}:${(error.mark?.column ?? 0) + 1}: ${error.reason}`,
      );
    throw new UserError(`slipway check: ${reasonOf(error)}`);
  }
}

/** Fingerprints of the findings in an earlier report. */
export function baselineIn(path: string): string[] {
  try {
    const { findings, known } = Object(JSON.parse(contentOf(path))) as Readonly<Record<string, unknown>>;
    return [...fingerprintsOf("findings", findings), ...fingerprintsOf("known", known)];
  } catch (error) {
    throw error instanceof UserError
      ? error
      : new UserError(`slipway check: ${path}: no report of \`slipway check --format json\` (${reasonOf(error)})`);
  }
}

function fingerprintsOf(name: string, list: unknown): string[] {
  if (!Array.isArray(list)) throw new Error(`${name} is no list`);
  return list.map((finding: unknown, index) => {
    const { fingerprint } = Object(finding) as { fingerprint?: unknown };
    if (typeof fingerprint !== "string") throw new Error(`${name}[${index}] has no fingerprint`);
    return fingerprint;
  });
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UserError(`slipway check: ${path}: cannot be read: ${reasonOf(error)}`);
  }
}
