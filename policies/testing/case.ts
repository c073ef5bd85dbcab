/** Cases of a rule, as small changes of the good system. */

import { resourcesOf } from "../cases/cases.ts";
import type { Facts } from "../resources/facts.ts";
import type { Props, Resource } from "../resources/resource.ts";
import type { Tier } from "../judging/rule.ts";
import { goodSystem } from "./good-system.ts";

/**
 * Changes by place: `"Deployment/order spec.replicas": 1`; `undefined` removes a property.
 * `$p` is the pod specification, `$c` its first container, `[+]` the place behind the last. `+` adds objects, `-` removes some.
 */
export type Edits = Readonly<Record<string, unknown>>;

export interface RuleCases {
  /** Changes before every other one, where the good system has nothing that the rule is about. */
  readonly given?: Edits;
  readonly tier?: Tier;
  readonly facts?: Facts;
  readonly limits?: Readonly<Record<string, unknown>>;
  /** Only this rule finds something. */
  readonly fails: Edits;
  /** Just good enough. */
  readonly boundary: Edits;
  /** Nobody can know yet. Without it: the values that fail, unknown. */
  readonly unknown?: Edits;
}
export type Cases = Readonly<Record<string, RuleCases>>;

/** The good system with changes. */
export function changed(...steps: readonly (Edits | undefined)[]): Resource[] {
  let objects = goodSystem();
  for (const edits of steps)
    for (const [place, value] of Object.entries(edits ?? {})) objects = edit(objects, place, value);
  return resourcesOf(objects);
}

function edit(objects: Props[], place: string, value: unknown): Props[] {
  if (place === "+") return [...objects, ...structuredClone(value as Props[])];
  if (place === "-") return objects.filter((object) => !(value as readonly string[]).includes(nameOf(object)));
  const space = place.lastIndexOf(" ");
  const object = objects.find((one) => nameOf(one) === place.slice(0, space));
  if (!object) throw new Error(`no ${place.slice(0, space)} in the good system: ${objects.map(nameOf).join(", ")}`);
  set(object["type"] ? (object["props"] as object) : object, steps(place.slice(space + 1)), value);
  return objects;
}

/** `Deployment/order`, or the last part of a provider's type: `Instance/db`. */
function nameOf(object: Props): string {
  if (object["type"] !== undefined) return `${String(object["type"]).split(":").at(-1)}/${String(object["name"])}`;
  return `${String(object["kind"])}/${(object["metadata"] as { readonly name?: string }).name}`;
}

function steps(path: string): (string | number)[] {
  const whole = path.replace(/^\$p\b/, "spec.template.spec").replace(/^\$c\b/, "spec.template.spec.containers[0]");
  return [...whole.matchAll(/\["([^"]+)"\]|\[(\d+|\+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain ?? "") : index === "+" ? LAST : Number(index),
  );
}

const LAST = -1;

function set(target: object, [first, ...rest]: readonly (string | number)[], value: unknown): void {
  const record = target as Record<string | number, unknown>;
  if (first === undefined) return;
  const step = first === LAST && Array.isArray(target) ? target.length : first;
  if (rest.length > 0) {
    if (typeof record[step] !== "object" || record[step] === null) record[step] = typeof rest[0] === "number" ? [] : {};
    set(record[step] as object, rest, value);
  } else if (value === undefined) delete record[step];
  else record[step] = structuredClone(value);
}
