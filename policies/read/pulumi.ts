/** Resources of the engine: previews, saved plans, states, event logs. */

import {
  kubernetesResource,
  plainObject,
  providerResource,
  type Props,
  type Resource,
  type Source,
} from "../resources/resource.ts";
import { lineFinder, type Spot } from "../resources/spot.ts";

interface State {
  readonly urn?: string;
  readonly type?: string;
  readonly inputs?: Props;
  readonly outputs?: Props;
  readonly id?: string;
  readonly delete?: boolean;
  readonly external?: boolean;
}
interface Step {
  readonly op?: string;
  readonly urn?: string;
  readonly newState?: State;
  readonly oldState?: State;
}
interface Event {
  readonly resourcePreEvent?: {
    readonly metadata?: { readonly op?: string; readonly urn?: string; readonly type?: string; readonly new?: State };
  };
  readonly resOutputsEvent?: object;
}
interface Document {
  readonly steps: readonly Step[];
  readonly deployment: { readonly resources: readonly State[] };
  readonly resources: readonly State[];
  readonly resourcePlans: Readonly<Record<string, { readonly goal?: Goal }>>;
  readonly events: readonly Event[];
}
interface Goal {
  readonly type?: string;
  readonly inputDiff?: { readonly adds?: Props; readonly updates?: Props };
}

/** One state in a document, with the keys that lead to it. */
interface Declared {
  readonly state: State;
  readonly at: readonly string[];
}

/** Resources in a JSON document of the engine; undefined when it is none. */
export function pulumiResources(value: unknown, file: string, spot: Spot): Resource[] | undefined {
  return declaredIn(plainObject<Document>(value))?.flatMap(({ state, at }) =>
    fromState(state, {
      file,
      lineOf: lineFinder(spot, ...["inputs", "outputs", "adds", "updates"].map((part) => [...at, part])),
    }),
  );
}

function declaredIn(document: Partial<Document>): Declared[] | undefined {
  const { deployment, resources, steps, resourcePlans, events } = document;
  if (deployment?.resources) return inState(deployment.resources, ["deployment", "resources"]);
  if (Array.isArray(resources) && resources.some((one) => typeof one.urn === "string"))
    return inState(resources, ["resources"]);
  if (Array.isArray(steps)) return inPreview(steps);
  if (resourcePlans) return inPlan(resourcePlans);
  return events?.some(({ resourcePreEvent }) => resourcePreEvent) ? inEvents(events) : undefined;
}

function inState(states: readonly State[], list: readonly string[]): Declared[] {
  return states.flatMap((state, index) =>
    state.delete || state.external ? [] : [{ state, at: [...list, String(index)] }],
  );
}

function inPreview(steps: Document["steps"]): Declared[] {
  return steps.flatMap(({ op, urn, newState }, index) =>
    GONE.test(op ?? "")
      ? []
      : [{ state: { ...newState, ...(urn ? { urn } : {}) }, at: ["steps", String(index), "newState"] }],
  );
}

function inPlan(plans: Document["resourcePlans"]): Declared[] {
  return Object.entries(plans).map(([urn, { goal }]) => ({
    state: { urn, type: goal?.type ?? typeOf(urn), inputs: { ...goal?.inputDiff?.adds, ...goal?.inputDiff?.updates } },
    at: ["resourcePlans", urn, "goal", "inputDiff"],
  }));
}

function inEvents(events: Document["events"]): Declared[] {
  return events.flatMap(({ resourcePreEvent }, index) => {
    const { op, urn, type, new: state } = resourcePreEvent?.metadata ?? {};
    if (!resourcePreEvent || GONE.test(op ?? "")) return [];
    return [
      {
        state: { ...state, ...(urn ? { urn } : {}), ...(type ? { type } : {}) },
        at: ["events", String(index), "resourcePreEvent", "metadata", "new"],
      },
    ];
  });
}

const GONE = /delete|discard/;

function fromState({ urn = "", type = typeOf(urn), id, ...values }: State, source: Source): Resource[] {
  if (typeof urn !== "string" || typeof type !== "string") throw new TypeError("a resource has a urn and a type");
  const [inputs, outputs] = [plainObject<Props>(values.inputs), plainObject<Props>(values.outputs)];
  const resource = engineResource(
    type,
    urn,
    type.startsWith("kubernetes:") ? inputs : { ...outputs, ...(id ? { id } : {}), ...inputs },
    source,
  );
  return resource ? [resource] : [];
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** A resource as the engine names it; undefined for the stack itself, providers and partial patches. */
export function engineResource(type: string, urn: string, props: Props, source?: Source): Resource | undefined {
  if (type.startsWith("pulumi:")) return undefined;
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  const [, group, kind] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  if (!group || !kind || group.startsWith("helm.sh") || group === "yaml" || group === "kustomize")
    return providerResource(type, name, props, urn, source);
  if (kind.endsWith("Patch")) return undefined;
  return kubernetesResource({ apiVersion: group.replace(/^core\//, ""), kind, ...props }, urn, source);
}
