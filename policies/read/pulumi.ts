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

/** Resources in a JSON document of the engine; undefined when it is none. */
export function pulumiResources(value: unknown, file: string, spot: Spot): Resource[] | undefined {
  const document = plainObject<Document>(value);
  const from = (state: State, ...base: readonly string[]): Resource[] =>
    fromState(state, {
      file,
      lineOf: lineFinder(spot, [...base, "inputs"], [...base, "outputs"], [...base, "adds"], [...base, "updates"]),
    });
  const list = document.deployment?.resources ? ["deployment", "resources"] : ["resources"];
  const states =
    document.deployment?.resources ??
    (Array.isArray(document.resources) && document.resources.some((one) => typeof one.urn === "string")
      ? document.resources
      : undefined);
  if (states)
    return states.flatMap((state, index) =>
      state.delete || state.external ? [] : from(state, ...list, String(index)),
    );
  if (Array.isArray(document.steps))
    return document.steps.flatMap(({ op, urn, newState }, index) =>
      GONE.test(op ?? "") ? [] : from({ ...newState, ...(urn ? { urn } : {}) }, "steps", String(index), "newState"),
    );
  if (document.resourcePlans)
    return Object.entries(document.resourcePlans).flatMap(([urn, { goal }]) =>
      from(
        { urn, type: goal?.type ?? typeOf(urn), inputs: { ...goal?.inputDiff?.adds, ...goal?.inputDiff?.updates } },
        "resourcePlans",
        urn,
        "goal",
        "inputDiff",
      ),
    );
  if (!document.events?.some(({ resourcePreEvent }) => resourcePreEvent)) return undefined;
  return document.events.flatMap(({ resourcePreEvent }, index) => {
    const { op, urn, type, new: state } = resourcePreEvent?.metadata ?? {};
    return !resourcePreEvent || GONE.test(op ?? "")
      ? []
      : from(
          { ...state, ...(urn ? { urn } : {}), ...(type ? { type } : {}) },
          "events",
          String(index),
          "resourcePreEvent",
          "metadata",
          "new",
        );
  });
}

const GONE = /delete|discard/;

function fromState({ urn = "", type = typeOf(urn), inputs = {}, outputs = {}, id }: State, source: Source): Resource[] {
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
