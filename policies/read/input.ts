/** Everything that was declared in files: plain manifests, plans and states of an engine. */

import { kubernetesResource, type Props, type Resource } from "../resource.ts";
import { pulumiResources } from "./pulumi.ts";
import { BadInput, position } from "./position.ts";
import { yamlDocuments } from "./yaml.ts";

export interface Input {
  readonly resources: Resource[];
  readonly problems: BadInput[];
  /** What was seen and not judged, with how often: documents that are no Kubernetes objects, Kustomizations. */
  readonly skipped: Map<string, number>;
}

export function emptyInput(): Input {
  return { resources: [], problems: [], skipped: new Map() };
}

/** Adds what one file declares. */
export function addText(input: Input, text: string, file: string): void {
  const report = (problem: BadInput): void => void input.problems.push(problem);
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) return skip(input, "empty file");
  if (text.includes("\u0000")) return report(new BadInput(file, 1, 1, "this is a binary file"));
  if (first === "{" || first === "[") return addJson(input, text, file);
  for (const { value, line } of yamlDocuments(text, file, report)) addObject(input, value, file, line);
}

function addJson(input: Input, text: string, file: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return addLoose(input, text, file, error instanceof Error ? error.message : String(error));
  }
  const found = pulumiResources(value, file);
  if (found) input.resources.push(...found);
  else for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) addObject(input, one, file, 1);
}

/** A file that begins like JSON and is none: lines of engine events, YAML in flow style, or an unrendered template. */
function addLoose(input: Input, text: string, file: string, problem: string): void {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const events = lines.map((line) => safely(() => JSON.parse(line) as unknown));
  if (lines.length > 1 && events.every((event) => event !== undefined)) {
    const found = pulumiResources({ events }, file);
    if (found) return void input.resources.push(...found);
    for (const event of events) addObject(input, event, file, 1);
    return;
  }
  const problems: BadInput[] = [];
  const documents = [...yamlDocuments(text, file, (bad) => problems.push(bad))];
  const yaml = problems.length === 0 && !/\.json$/i.test(file);
  if (yaml) for (const { value, line } of documents) addObject(input, value, file, line);
  else if (text.includes("{{")) input.problems.push(...problems);
  else {
    const { line, column } = position(text, Number(/position (\d+)/.exec(problem)?.[1] ?? 0));
    input.problems.push(new BadInput(file, line, column, `no JSON: ${problem.replace(/, ?("|\.\.\.).*$/s, "")}`));
  }
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Adds one object, or the items of a List. */
function addObject(input: Input, value: unknown, file: string, line: number): void {
  if (value === null || value === undefined) return;
  const object = value as Props;
  if (typeof value !== "object" || typeof object["kind"] !== "string" || typeof object["apiVersion"] !== "string") return skip(input, "document that is no Kubernetes object");
  const { kind, apiVersion } = object as { kind: string; apiVersion: string };
  if (apiVersion.startsWith("kustomize.config.k8s.io/")) return skip(input, `${kind} (not rendered: check the output of \`kubectl kustomize\` too)`);
  if (kind.endsWith("List") && Array.isArray(object["items"])) {
    for (const item of object["items"] as unknown[]) addObject(input, withKind(item, object), file, line);
    return;
  }
  input.resources.push(kubernetesResource(object, undefined, { file, line }));
}

/** Items of a typed list may leave out what the list says: a DeploymentList holds Deployments. */
function withKind(item: unknown, { kind, apiVersion }: Props): unknown {
  if (typeof item !== "object" || item === null || kind === "List") return item;
  return { apiVersion, kind: String(kind).replace(/List$/, ""), ...item };
}

function skip({ skipped }: Input, what: string): void {
  skipped.set(what, (skipped.get(what) ?? 0) + 1);
}
