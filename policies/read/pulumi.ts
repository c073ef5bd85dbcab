/** Resources of the engine: previews, saved plans, states, event logs. */

import { kubernetesResource, plainObject, providerResource, type Props, type Resource, type Source } from "../resource.ts";

interface State { readonly urn?: string; readonly type?: string; readonly inputs?: Props; readonly outputs?: Props; readonly id?: string; readonly delete?: boolean; readonly external?: boolean }
interface Step { readonly op?: string; readonly urn?: string; readonly newState?: State; readonly oldState?: State }
interface Event { readonly resourcePreEvent?: { readonly metadata?: { readonly op?: string; readonly urn?: string; readonly type?: string; readonly new?: State } }; readonly resOutputsEvent?: object }
interface Goal { readonly type?: string; readonly inputDiff?: { readonly adds?: Props; readonly updates?: Props } }

/** Resources in a JSON document of the engine; undefined when it is none. */
export function pulumiResources(value: unknown, file: string): Resource[] | undefined {
  const document = plainObject<{ steps: Step[]; deployment: { resources: State[] }; resources: State[]; resourcePlans: Record<string, { goal?: Goal }>; events: Event[] }>(value);
  const source = { file, line: 1 };
  const states = document.deployment?.resources ?? (Array.isArray(document.resources) && document.resources.some((one) => typeof one.urn === "string") ? document.resources : undefined);
  if (states) return states.filter((state) => !state.delete && !state.external).flatMap((state) => fromState(state, source));
  if (Array.isArray(document.steps)) return document.steps.filter(({ op }) => !/delete|discard/.test(op ?? "")).flatMap(({ urn, newState }) => fromState({ ...newState, ...(urn ? { urn } : {}) }, source));
  if (document.resourcePlans) return Object.entries(document.resourcePlans).flatMap(([urn, { goal }]) => fromState({ urn, type: goal?.type ?? typeOf(urn), inputs: { ...goal?.inputDiff?.adds, ...goal?.inputDiff?.updates } }, source));
  const events = document.events?.filter(({ resourcePreEvent }) => resourcePreEvent) ?? [];
  return events.length === 0 ? undefined : events.flatMap(({ resourcePreEvent }) => {
    const { op, urn, type, new: state } = resourcePreEvent?.metadata ?? {};
    return /delete|discard/.test(op ?? "") ? [] : fromState({ ...state, ...(urn ? { urn } : {}), ...(type ? { type } : {}) }, source);
  });
}

function fromState({ urn = "", type = typeOf(urn), inputs = {}, outputs = {}, id }: State, source: Source): Resource[] {
  const resource = engineResource(type, urn, type.startsWith("kubernetes:") ? inputs : { ...outputs, ...(id ? { id } : {}), ...inputs }, source);
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
  if (!group || !kind || group.startsWith("helm.sh") || group === "yaml" || group === "kustomize") return providerResource(type, name, props, urn, source);
  if (kind.endsWith("Patch")) return undefined;
  return kubernetesResource({ apiVersion: group.replace(/^core\//, ""), kind, ...props }, urn, source);
}
