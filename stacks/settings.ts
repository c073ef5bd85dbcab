import { EVERY_SYSTEM } from "../model/names.ts";
import { visible } from "../model/harmless/visible.ts";
import { isClusterName } from "../toolchain/cluster/config/cluster-config.ts";
import { nearest } from "../model/nearest.ts";
import { STAGES, type Stage } from "../model/stage.ts";

/** What the person at the keyboard decides; everything else is in the description and in the stage. */
export interface Settings {
  readonly stage: Stage;
  /** Names of the systems this stack runs. */
  readonly systems: readonly string[];
  /** The user's own cluster; null for the embedded one. */
  readonly kubeContext: string | null;
  /** Where images are pushed for the user's own cluster; null for the embedded one, which takes them directly. */
  readonly registry: string | null;
  /** Name of the embedded cluster. */
  readonly cluster: string;
  /** How closely the systems are watched: "lab" looks often and rings early, for experiments. */
  readonly monitoring: Monitoring;
  /** Where programs send traces, by OTLP over HTTP; null where nobody takes them. */
  readonly traces: string | null;
  /** Addresses of existing stores, by the names that descriptions give them: the settings "stores:<name>". */
  readonly stores: Readonly<Record<string, string>>;
}

const MONITORING = ["off", "standard", "lab"] as const;
export type Monitoring = (typeof MONITORING)[number];

/** Settings of every stage, `policy` for the policy pack; prod has those of its account besides (components/aws/settings). */
export const KEYS = ["stage", "system", "monitoring", "traces", "policy"] as const;
const DEV_KEYS = [...KEYS, "kubeContext", "registry", "cluster"] as const;
type Key = (typeof DEV_KEYS)[number];
const PREFIX = "slipway:";
/** Before the name of an existing store. */
export const STORES = "stores:";
const CLUSTER_NAMES = ["at most 20 lower-case letters, digits and hyphens, first a letter, last no hyphen"];
/** What the repository held when the settings of this machine were written (cli/stack/settings-here.ts); nobody sets it. */
export const COMMITTED = `${PREFIX}committed`;

/** Characters of a value that are shown. */
const SHOWN = 200;

/** One thing wrong with the configuration: where, what was found, what is allowed, what to do. */
interface Problem {
  readonly key: string;
  readonly found: string;
  readonly allowed: readonly string[];
  readonly fix: string;
}

/** Reads the stack's settings; its stage is written there, unless the stack has the name of one. Throws with every problem at once. */
export function readSettings(
  stack: string,
  config: Readonly<Record<string, string>>,
  known: readonly string[],
): Settings {
  const value = (key: Key): string | undefined => config[PREFIX + key];
  const named = value("stage") ?? stack;
  const stage = STAGES.find((name) => name === named);
  const systems = chosen(stage, value("system"), known);
  // A cluster of the user would need all its images first.
  const watching = value("monitoring") ?? (value("kubeContext") === undefined ? "standard" : "off");
  const monitoring = MONITORING.find((name) => name === watching);
  const cluster = value("cluster") ?? "dev";

  const problems: Problem[] = [
    ...(stage ? [] : [noStage(stack, value("stage"))]),
    ...(monitoring ? [] : [unknownWord("monitoring", watching, MONITORING, "standard")]),
    ...(systems.length > 0 ? [] : [noSystem(stack, value("system"), known)]),
    ...systems
      .filter((name) => !known.includes(name))
      .map((name) => unknownWord("system", name, stage === "prod" ? known : [...known, EVERY_SYSTEM], known[0] ?? "")),
    ...(isClusterName(cluster) ? [] : [unknownWord("cluster", cluster, CLUSTER_NAMES, "dev")]),
    ...emptyKeys(config),
    ...malformedUrl(value("traces")),
    ...(stage === "prod" ? [] : [...missingRegistry(value("kubeContext"), value("registry")), ...unknownKeys(config)]), // prod reads more, and then says itself what nobody reads
  ];
  if (problems.length > 0 || !stage || !monitoring) throw new Error(report(stack, problems));
  return {
    stage,
    systems,
    monitoring,
    kubeContext: value("kubeContext") ?? null,
    registry: value("registry") ?? null,
    cluster,
    traces: value("traces") ?? null,
    stores: storeSettings(config),
  };
}

/** A stack may have any name; how much of everything it needs is its stage's. */
function noStage(stack: string, found: string | undefined): Problem {
  const key = `${PREFIX}stage`;
  const [first] = STAGES;
  const meant = nearest(found ?? stack, STAGES) ?? first;
  const fix = `write "${key}: ${meant}" below config in Pulumi.${stack}.yaml`;
  return { key, found: found ?? "", allowed: STAGES, fix };
}

function malformedUrl(traces: string | undefined): Problem[] {
  const url = traces === undefined ? undefined : URL.parse(traces);
  if (traces === undefined || ["http:", "https:"].includes(url?.protocol ?? "")) return [];
  const example = "http://collector.tracing:4318";
  const allowed = [`where traces are taken by OTLP over HTTP, such as ${example}`];
  return [{ key: `${PREFIX}traces`, found: traces, allowed, fix: `pulumi config set ${PREFIX}traces ${example}` }];
}

function storeSettings(config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(STORES) ? [[key.slice(STORES.length), value] as const] : [],
    ),
  );
}

function unknownWord(name: Key, found: string, allowed: readonly string[], example: string): Problem {
  const key = PREFIX + name;
  return { key, found, allowed, fix: `pulumi config set ${key} ${example}` };
}

/** Images of the embedded cluster are imported; any other cluster has to pull them from somewhere. */
function missingRegistry(kubeContext: string | undefined, registry: string | undefined): Problem[] {
  if (kubeContext === undefined || registry !== undefined) return [];
  const example = "registry.example.com/slipway";
  return [
    {
      key: "slipway:registry",
      found: "",
      fix: `pulumi config set slipway:registry ${example}`,
      allowed: [`a registry that this machine may push to and ${kubeContext} may pull from, such as ${example}`],
    },
  ];
}

function unknownKeys(config: Readonly<Record<string, string>>): Problem[] {
  return Object.keys(config)
    .filter((key) => key.startsWith(PREFIX) && key !== COMMITTED && !DEV_KEYS.some((known) => key === PREFIX + known))
    .map((key) => ({
      key,
      found: "a setting nobody reads",
      allowed: DEV_KEYS.map((name) => PREFIX + name),
      fix: `pulumi config rm ${key}`,
    }));
}

function emptyKeys(config: Readonly<Record<string, string>>): Problem[] {
  return DEV_KEYS.map((key) => PREFIX + key)
    .filter((key) => config[key]?.trim() === "")
    .map((key) => ({
      key,
      found: "an empty value",
      allowed: ["a value", "no setting at all"],
      fix: `pulumi config rm ${key}`,
    }));
}

/**
 * The systems that a stack runs, each once, in the order in which they are written. What runs in production is written down by name:
 * there a new description, or another order of the list, must neither take away what is there nor come to it by itself.
 */
function chosen(stage: Stage | undefined, found: string | undefined, known: readonly string[]): string[] {
  if (stage !== "prod" && found === undefined) return known.slice(0, 1);
  const named = [...new Set(parseList(found ?? ""))];
  return stage !== "prod" && named.join() === EVERY_SYSTEM ? [...known] : named;
}

function noSystem(stack: string, found: string | undefined, known: readonly string[]): Problem {
  const line = `${PREFIX}system: ${known.join(", ")}`;
  const fix = `name those that run in ${stack} below config in Pulumi.${stack}.yaml, such as "${line}"`;
  return { key: `${PREFIX}system`, found: found ?? "", allowed: known, fix };
}

/** Pulumi hands a YAML list over as JSON; a plain word or several with commas may be typed too. */
function parseList(text: string): string[] {
  return text
    .replaceAll(/[[\]"]/g, "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function report(stack: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ key, found, allowed, fix }) => {
    const value = found === "" ? "nothing" : `"${visible(found, SHOWN)}"`;
    return `  ${visible(key, SHOWN)}: found ${value}, allowed: ${allowed.join(", ")}. Fix: ${visible(fix, SHOWN)}`;
  });
  return [`stack "${visible(stack, SHOWN)}" cannot be deployed as it is configured:`, ...lines].join("\n");
}
