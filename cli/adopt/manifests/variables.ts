import type { Fact } from "../../../model/words/value.ts";
import { labelOf } from "../writing/label.ts";
import type { Told, Variable } from "../program.ts";
import { get, items, type Node, textOf } from "../reading/node.ts";
import { dataOf, type Objects } from "./objects.ts";

/** What a pod can be told of itself, by the field that says it. */
const FIELDS: Readonly<Record<string, Fact>> = {
  "metadata.name": "replica",
  "metadata.namespace": "namespace",
};

/** The variables of a container: what `env` says wins over `envFrom`. */
export function variablesOf(container: Node, objects: Objects, namespace: string): Variable[] {
  const variables = new Map<string, Variable>();
  const add = (variable: Variable): void => void variables.set(variable.name, variable);
  for (const source of items(get(container, "envFrom")))
    for (const variable of allOf(source, objects, namespace)) add(variable);
  for (const node of items(get(container, "env"))) {
    const name = textOf(get(node, "name"));
    if (name === undefined) continue;
    const told = toldBy(node, objects, namespace);
    add({ name, at: node.at, told: "text" in told ? { text: expanded(told.text, variables) } : told });
  }
  return [...variables.values()];
}

/** `$(NAME)` stands for a variable before it. */
function expanded(text: string, variables: ReadonlyMap<string, Variable>): string {
  return text.replaceAll(/\$\(([A-Za-z_]\w*)\)/g, (whole, name: string) => {
    const told = variables.get(name)?.told;
    return told !== undefined && "text" in told ? told.text : whole;
  });
}

function toldBy(node: Node, objects: Objects, namespace: string): Told {
  const from = get(node, "valueFrom");
  if (from === undefined) return { text: textOf(get(node, "value")) ?? "" };
  const [config, secret, field] = ["configMapKeyRef", "secretKeyRef", "fieldRef"].map((key) => get(from, key));
  const [name = "", key = ""] = ["name", "key"].map((one) => textOf(get(config ?? secret, one)));
  if (config !== undefined) {
    const found = objects.named("ConfigMap", name, namespace);
    const text = found && dataOf(found).get(key);
    return text === undefined ? { missing: `${key} of the ConfigMap ${name}` } : { text };
  }
  if (secret !== undefined) return secretOf(name, key, objects, namespace);
  const path = textOf(get(field, "fieldPath")) ?? "";
  const fact = Object.hasOwn(FIELDS, path) ? FIELDS[path] : undefined;
  return fact === undefined ? { missing: path === "" ? "a field of its container" : path } : { fact };
}

function secretOf(name: string, key: string, objects: Objects, namespace: string): Told {
  const found = objects.named("Secret", name, namespace);
  const hidden = found && dataOf(found).get(key);
  return { secret: labelOf(`${name}-${key}`), ...(hidden !== undefined && { hidden }) };
}

/** Everything in a ConfigMap or a Secret. */
function allOf(source: Node, objects: Objects, namespace: string): Variable[] {
  const [config, secret] = ["configMapRef", "secretRef"].map((key) => get(source, key));
  const kind = config === undefined ? "Secret" : "ConfigMap";
  const name = textOf(get(config ?? secret, "name")) ?? "";
  const prefix = textOf(get(source, "prefix")) ?? "";
  const found = objects.named(kind, name, namespace);
  if (found === undefined)
    return [{ name: "*", told: { missing: `everything in the ${kind} ${name}` }, at: source.at }];
  return [...dataOf(found)].map(([key, text]) => ({
    name: prefix + key,
    told: kind === "Secret" ? { secret: labelOf(`${name}-${key}`), hidden: text } : { text },
    at: get(found.node, "data", key)?.at ?? get(found.node, "stringData", key)?.at ?? found.node.at,
    shared: `${kind} ${name}`,
  }));
}
