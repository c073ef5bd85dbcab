/** Everything that was declared in files: plain manifests, plans and states of an engine. */

import { kubernetesResource, plainObject, type Props, type Resource } from "../resources/resource.ts";
import { jsonFaultAt } from "./json-fault.ts";
import { jsonFaults, jsonSpot } from "./json-spots.ts";
import { pulumiResources } from "./pulumi.ts";
import { BadInput, position } from "./position.ts";
import { lineFinder, type Spot } from "../resources/spot.ts";
import { yamlDocuments } from "./yaml.ts";

export interface Input {
  readonly resources: Resource[];
  readonly problems: BadInput[];
  /** What was seen and not judged, with how often: documents that are no Kubernetes objects, Kustomizations. */
  readonly skipped: Map<string, number>;
  /** Where objects go that name no namespace; "default" where nobody says. */
  readonly namespace?: string;
}

export function emptyInput(namespace?: string): Input {
  return { resources: [], problems: [], skipped: new Map(), ...(namespace ? { namespace } : {}) };
}

/** Adds what one file declares. */
export function addText(input: Input, content: string, file: string): void {
  const text = content.replace(/^\uFEFF/, ""); // the mark that some editors put first
  const report = (problem: BadInput): void => void input.problems.push(problem);
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) return skip(input, "empty file");
  if (text.includes("\u0000")) return report(new BadInput(file, 1, 1, "this is a binary file"));
  if (first === "{" || first === "[") return addJson(input, text, file);
  for (const { value, spot } of yamlDocuments(text, file, report)) addObject(input, value, file, spot);
}

function addJson(input: Input, text: string, file: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return addLoose(input, text, file, error instanceof Error ? error.message : String(error));
  }
  if (isFaulty(input, text, file)) return;
  const spot = jsonSpot(text);
  const found = safely(() => pulumiResources(value, file, spot) ?? NONE);
  if (found === undefined)
    return void input.problems.push(
      new BadInput(
        file,
        1,
        1,
        "looks like a plan or a state of the engine, but its resources are not as the engine writes them",
      ),
    );
  if (found !== NONE) for (const resource of found) input.resources.push(resource);
  else if (Array.isArray(value))
    for (const [index, one] of (value as unknown[]).entries()) addObject(input, one, file, spot, [String(index)]);
  else addObject(input, value, file, spot);
}

/** JSON.parse takes the last of two equal keys in silence; what the author meant nobody knows. */
function isFaulty(input: Input, text: string, file: string, first = 1): boolean {
  const faults = jsonFaults(text).map(({ problem, offset }) => ({ problem, ...position(text, offset) }));
  for (const { problem, line, column } of faults)
    input.problems.push(new BadInput(file, first - 1 + line, column, problem));
  return faults.length > 0;
}

/** Stands for a document that the engine did not write. */
const NONE: readonly Resource[] = [];

/** A file that begins like JSON and is none: lines of engine events, YAML in flow style, or an unrendered template. */
function addLoose(input: Input, text: string, file: string, problem: string): void {
  if (addLines(input, text, file)) return;
  const problems: BadInput[] = [];
  const documents = [...yamlDocuments(text, file, (bad) => problems.push(bad))];
  const yaml = problems.length === 0 && !/\.json$/i.test(file);
  if (yaml) for (const { value, spot } of documents) addObject(input, value, file, spot);
  else if (text.includes("{{")) input.problems.push(...problems);
  else {
    const { line, column } = position(text, Number(/position (\d+)/.exec(problem)?.[1] ?? jsonFaultAt(text)));
    input.problems.push(new BadInput(file, line, column, `no JSON: ${problem.replace(/, ?("|\.\.\.).*$/s, "")}`));
  }
}

/** One JSON document a line, such as the engine's events; false when the text is none of that. */
function addLines(input: Input, text: string, file: string): boolean {
  const lines = text
    .split("\n")
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== "");
  const values = lines.map(({ content }) => safely(() => JSON.parse(content) as unknown));
  if (lines.length < 2 || values.includes(undefined)) return false;
  const broken = lines.filter(({ content, line }) => isFaulty(input, content, file, line));
  if (broken.length > 0) return true;
  const spots = lines.map(({ line }, index): [string, Spot] => [String(index), { line, inside: new Map() }]);
  const spot = { line: 1, inside: new Map(spots) };
  const found = pulumiResources({ events: values }, file, { line: 1, inside: new Map([["events", spot]]) });
  if (found) input.resources.push(...found);
  else for (const [index, value] of values.entries()) addObject(input, value, file, spot, [String(index)]);
  return true;
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const NOT_RENDERED = "Kustomization (not rendered: check the output of `kubectl kustomize` too)";

/** Adds one object, or the items of a List; `base` leads to it from the root of its document. */
function addObject(input: Input, value: unknown, file: string, root: Spot, base: readonly string[] = []): void {
  if (value === null || value === undefined) return;
  const object = value as Props;
  const isObject =
    typeof value === "object" && typeof object["kind"] === "string" && typeof object["apiVersion"] === "string";
  if (!isObject)
    return skip(
      input,
      /(^|[/\\])kustomization\.ya?ml$/i.test(file) ? NOT_RENDERED : "document that is no Kubernetes object",
    );
  const { kind, apiVersion } = object as { kind: string; apiVersion: string };
  if (apiVersion.startsWith("kustomize.config.k8s.io/")) return skip(input, NOT_RENDERED);
  if (kind.endsWith("List") && Array.isArray(object["items"])) {
    for (const [index, item] of (object["items"] as unknown[]).entries())
      addObject(input, withKind(item, object), file, root, [...base, "items", String(index)]);
    return;
  }
  input.resources.push(
    kubernetesResource(placed(object, input.namespace), undefined, { file, lineOf: lineFinder(root, base) }),
  );
}

/** An object in the namespace that it names, or else in the one that it was meant for. */
function placed(object: Props, namespace: string | undefined): Props {
  const metadata = plainObject<{ readonly namespace?: string }>(object["metadata"]);
  return namespace === undefined || metadata.namespace ? object : { ...object, metadata: { ...metadata, namespace } };
}

/** Items of a typed list may leave out what the list says: a DeploymentList holds Deployments. */
function withKind(item: unknown, { kind, apiVersion }: Props): unknown {
  if (typeof item !== "object" || item === null || kind === "List") return item;
  return { apiVersion, kind: String(kind).replace(/List$/, ""), ...item };
}

function skip({ skipped }: Input, what: string): void {
  skipped.set(what, (skipped.get(what) ?? 0) + 1);
}
