import { isDeepStrictEqual } from "node:util";
import type { PreviewPlan, Step } from "./preview-plan.ts";
import { isStateful } from "./stateful.ts";

/** A resource as a state file keeps it. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: object;
  /** Left out of a record where they are the inputs. */
  readonly outputs?: object;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
}

/** The plan of a release, small enough to be read in a diff: what holds data, and what it hangs on. */
export interface RecordedPlan {
  readonly stack: string;
  /** True when stand-ins made up its ids. */
  readonly planOnly: boolean;
  /** The account's own facts as the settings said them; none in a record that an earlier release made. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly resources: readonly RecordedResource[];
}

/** A provider has no id before it exists; the record gives it one. */
const UNKNOWN_ID = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const RECORDED_ID = "00000000-0000-4000-8000-000000000000";

/** Keeps of a plan what a later one is compared with, and the facts of its account; everything with `whole`. */
export function recordPlan(
  { stack, planOnly, steps }: PreviewPlan,
  { whole = false, facts = {} }: Partial<Pick<RecordedPlan, "facts"> & { readonly whole: boolean }> = {},
): RecordedPlan {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const kept = new Set<string>();
  const keep = (urn: string): void => {
    const step = byUrn.get(urn);
    if (!step || kept.has(urn)) return;
    keep(step.parent);
    keep(providerUrn(step.provider));
    kept.add(urn);
  };
  for (const step of steps.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))) if (whole || isStateful(step)) keep(step.urn);
  const resources = [...kept].flatMap((urn) => resource(byUrn.get(urn)));
  return { stack, planOnly, facts, resources: [...defaultProviders(resources), ...resources] };
}

/** Providers that the engine makes by itself appear in no plan, but a state without them is none. */
function defaultProviders(resources: readonly RecordedResource[]): RecordedResource[] {
  const declared = new Set(resources.map(({ urn }) => urn));
  const missing = new Set(
    resources.map(({ provider = "" }) => providerUrn(provider)).filter((urn) => urn !== "" && !declared.has(urn)),
  );
  return [...missing].map((urn) => {
    const version = (urn.split("::default_")[1] ?? "").replaceAll("_", ".");
    return {
      urn,
      type: urn.split("::")[2] ?? "",
      custom: true,
      id: RECORDED_ID,
      inputs: { version },
      outputs: { version },
    };
  });
}

function resource(step: Step | undefined): RecordedResource[] {
  if (!step) return [];
  const { urn, type, parent, protect } = step;
  const isProvider = type.startsWith("pulumi:providers:");
  const custom = isProvider || step.provider !== "";
  const provider = step.provider.replace(UNKNOWN_ID, RECORDED_ID);
  const inputs = isProvider ? withoutPlace(step.new ?? {}) : (step.new ?? {});
  return [
    {
      urn,
      type,
      custom,
      inputs,
      ...(custom ? { id: isProvider ? RECORDED_ID : step.id } : {}),
      ...(custom && !isProvider && !isDeepStrictEqual(step.outputs, inputs) ? { outputs: step.outputs } : {}),
      ...(parent ? { parent } : {}),
      ...(provider ? { provider } : {}),
      ...(protect ? { protect } : {}),
    },
  ];
}

/** Where a cluster is reached may be a path of this machine; which cluster it is, is said beside it. */
function withoutPlace({ kubeconfig: _kubeconfig, ...inputs }: Readonly<Record<string, unknown>>): object {
  return inputs;
}

/** The resources of a record as a state file keeps them. */
export function recordedState({ resources }: RecordedPlan): readonly RecordedResource[] {
  return resources
    .map((resource) => ({ ...resource, ...withoutValues(resource) }))
    .map((resource) => (resource.custom ? { outputs: resource.inputs ?? {}, ...resource } : resource));
}

/** A preview takes the values of a Secret from the state, and a mark is none. */
function withoutValues({ type, inputs }: RecordedResource): Pick<RecordedResource, "inputs"> {
  return type === "kubernetes:core/v1:Secret" ? { inputs: { ...inputs, stringData: {} } } : {};
}

function providerUrn(provider: string): string {
  return provider.slice(0, Math.max(0, provider.lastIndexOf("::")));
}
