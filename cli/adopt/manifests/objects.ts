import type { Input } from "../../../policies/read/input.ts";
import { entries, get, type Node, nodeOf, textOf } from "../reading/node.ts";

/** One object of a cluster with the places of its properties. */
export interface ClusterObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly node: Node;
}

/** What was read, by what it is asked for. */
export class Objects {
  readonly all: readonly ClusterObject[];

  constructor(input: Input) {
    this.all = input.resources.flatMap(({ kind, name, namespace, props, source }) =>
      source === undefined ? [] : [{ kind, name, namespace, node: nodeOf(props, source.file, source.lineOf) }],
    );
  }

  of(...kinds: readonly string[]): ClusterObject[] {
    return this.all.filter(({ kind }) => kinds.includes(kind));
  }

  named(kind: string, name: string, namespace: string): ClusterObject | undefined {
    return this.all.find((one) => one.kind === kind && one.name === name && one.namespace === namespace);
  }
}

/** Entries of a ConfigMap or a Secret as text. */
export function dataOf({ kind, node }: ClusterObject): ReadonlyMap<string, string> {
  const decode = (text: string) => (kind === "Secret" ? Buffer.from(text, "base64").toString("utf8") : text);
  const data = entries(get(node, "data")).map(([key, one]) => [key, decode(textOf(one) ?? "")] as const);
  const plain = entries(get(node, "stringData")).map(([key, one]) => [key, textOf(one) ?? ""] as const);
  return new Map([...data, ...plain]);
}

/** Whether labels are those that a selector wants; an empty one wants nothing here. */
export function selects(selector: Node | undefined, labels: ReadonlyMap<string, string>): boolean {
  const wanted = entries(selector);
  return wanted.length > 0 && wanted.every(([key, node]) => labels.get(key) === textOf(node));
}

export function labelsOfNode(node: Node | undefined): ReadonlyMap<string, string> {
  return new Map(entries(node).map(([key, one]) => [key, textOf(one) ?? ""] as const));
}
