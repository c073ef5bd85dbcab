import { EVERY_SYSTEM } from "../model/names.ts";
import { visible } from "../model/harmless/visible.ts";
import { isClusterName } from "../toolchain/cluster/config/cluster-config.ts";
import {
  misspelt,
  removeSetting,
  renameSetting,
  settingLine,
  settingsFile,
  writeSetting,
} from "../model/setting-fix.ts";
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

  const at: Written = { config, file: fileOf(stack, config) };
  const problems: Problem[] = [
    ...(stage ? [] : [noStage(at, value("stage") ?? "", stack)]),
    ...(monitoring ? [] : [unknownWord(at, "monitoring", watching, MONITORING)]),
    ...(systems.length > 0 ? [] : [noSystem(at, value("system"), known)]),
    ...unknownSystems(at, systems, known, stage),
    ...(isClusterName(cluster) ? [] : [unknownWord(at, "cluster", cluster, CLUSTER_NAMES, "dev")]),
    ...emptyKeys(at),
    ...malformedUrl(at),
    ...(stage === "prod" ? [] : [...missingRegistry(at), ...unknownKeys(at, stage)]), // prod reads more, and then says itself what nobody reads
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

/** The settings, and the file in which one of them is written. */
interface Written {
  readonly config: Readonly<Record<string, string>>;
  readonly file: (key: string) => string;
}

/** What the repository says; null where the engine has read its file itself. */
function committedIn(config: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(config[COMMITTED] ?? "null") as Readonly<Record<string, unknown>> | null;
  } catch {
    return null; // written by hand
  }
}

/** What differs from the repository is of this machine alone, and is written beside it. */
function fileOf(stack: string, config: Readonly<Record<string, string>>): Written["file"] {
  const committed = committedIn(config);
  const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const isOwn = (key: string) =>
    committed !== null && config[key] !== undefined && config[key] !== asText(committed[key]);
  return (key) => (isOwn(key) ? `.slipway/${settingsFile(stack)}` : settingsFile(stack));
}

/** A stack may have any name; how much of everything it needs is its stage's. One with settings of AWS is like prod. */
function noStage({ config, file }: Written, found: string, stack: string): Problem {
  const key = `${PREFIX}stage`;
  const [first] = STAGES;
  const meant = nearest(found || stack, STAGES) ?? (isOfAws(config) ? "prod" : first);
  return { key, found, allowed: STAGES, fix: writeSetting(file(key), key, meant) };
}

/** Where it is, is the first fact of an account. */
function isOfAws(config: Readonly<Record<string, string>>): boolean {
  return Object.keys(config).some((key) => key.startsWith("aws:"));
}

function unknownSystems(
  at: Written,
  systems: readonly string[],
  known: readonly string[],
  stage: Stage | undefined,
): Problem[] {
  const wrong = systems.filter((name) => !known.includes(name));
  const meant = [
    ...new Set(systems.map((name) => (known.includes(name) ? name : (nearest(name, known) ?? known[0] ?? "")))),
  ];
  const allowed = stage === "prod" ? known : [...known, EVERY_SYSTEM];
  return wrong.map((name) => unknownWord(at, "system", name, allowed, meant.join(", ")));
}

function malformedUrl({ config, file }: Written): Problem[] {
  const key = `${PREFIX}traces`;
  const traces = config[key];
  const url = traces === undefined ? undefined : URL.parse(traces);
  if (traces === undefined || ["http:", "https:"].includes(url?.protocol ?? "")) return [];
  const example = "http://collector.tracing:4318";
  const allowed = [`where traces are taken by OTLP over HTTP, such as ${example}`];
  return [{ key, found: traces, allowed, fix: writeSetting(file(key), key, example) }];
}

function storeSettings(config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(STORES) ? [[key.slice(STORES.length), value] as const] : [],
    ),
  );
}

function unknownWord(
  { file }: Written,
  name: Key,
  found: string,
  allowed: readonly string[],
  example?: string,
): Problem {
  const key = PREFIX + name;
  const meant = example ?? nearest(found, allowed) ?? "standard";
  return { key, found, allowed, fix: writeSetting(file(key), key, meant) };
}

/** Images of the embedded cluster are imported; any other cluster has to pull them from somewhere. */
function missingRegistry({ config, file }: Written): Problem[] {
  const key = `${PREFIX}registry`;
  const kubeContext = config[`${PREFIX}kubeContext`];
  if (kubeContext === undefined || config[key] !== undefined) return [];
  const example = "registry.example.com/slipway";
  const allowed = [`a registry that this machine may push to and ${kubeContext} may pull from, such as ${example}`];
  return [
    { key, found: "", allowed, fix: `${writeSetting(file(`${PREFIX}kubeContext`), key, example)}, with your own` },
  ];
}

/** A misspelt key keeps its value. Settings of AWS are not wrong where no stage reads them, the stage is: one thing, whatever their number. */
function unknownKeys({ config, file }: Written, stage: Stage | undefined): Problem[] {
  const known = DEV_KEYS.map((name) => PREFIX + name);
  const unread = Object.keys(config).filter(
    (key) => key.startsWith(PREFIX) && key !== COMMITTED && !known.includes(key),
  );
  if (isOfAws(config) && unread.length > 0) {
    const key = `${PREFIX}stage`;
    const allowed = [`prod, which reads ${unread.join(", ")}`];
    return stage === undefined ? [] : [{ key, found: stage, allowed, fix: writeSetting(file(key), key, "prod") }];
  }
  return unread.map((key) => {
    const meant = misspelt(key, known, config);
    const fix = meant === null ? removeSetting(file(key), key) : renameSetting(file(key), key, meant);
    return { key, found: "a setting nobody reads", allowed: known, fix };
  });
}

function emptyKeys({ config, file }: Written): Problem[] {
  return DEV_KEYS.filter((key) => config[PREFIX + key]?.trim() === "").map((name) => ({
    key: PREFIX + name,
    found: "an empty value",
    allowed: ["a value", "no setting at all"],
    fix: removeSetting(file(PREFIX + name), PREFIX + name),
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

function noSystem({ file }: Written, found: string | undefined, known: readonly string[]): Problem {
  const key = `${PREFIX}system`;
  const fix = `name those that run here below config in ${file(key)}, such as ${settingLine(key, known.join(", "))}`;
  return { key, found: found ?? "", allowed: known, fix };
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
