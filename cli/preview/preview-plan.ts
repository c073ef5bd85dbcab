import type { EngineEvent, PolicyEvent, ResourceState, StepEvent, Values } from "./engine-event.ts";
import { masked } from "./masked.ts";

/** Everything one preview says. Secrets are marks, never values. */
export interface PreviewPlan {
  readonly stack: string;
  /** True when stand-ins answered for the providers: nothing was asked of any account. */
  readonly planOnly: boolean;
  readonly steps: readonly Step[];
  readonly policies: readonly PolicyEvent[];
  /** Whether a policy pack judged the plan. */
  readonly judged: boolean;
  readonly diagnostics: readonly { readonly urn: string; readonly message: string; readonly severity: string }[];
  readonly changes: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly failed: boolean;
}

/** One resource and what would happen to it. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly old: Values | null;
  readonly new: Values | null;
  /** Ids as the provider gives them; "" for components. */
  readonly id: string;
  readonly outputs: Values;
  readonly protect: boolean;
  readonly custom: boolean;
  readonly provider: string;
  /** Properties that change, and those that force a replacement. */
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
  readonly detailedDiff: StepEvent["detailedDiff"];
}

/** Steps of one replacement other than the replacement itself. */
const PARTS_OF_REPLACEMENT = new Set(["create-replacement", "delete-replaced", "read-replacement", "discard-replaced"]);

/** What is known of the run besides its events. */
interface Run {
  readonly stack: string;
  readonly planOnly: boolean;
  readonly exitCode: number;
}

/** Puts the engine's events together as they come, so that none has to be kept. */
export interface PlanCollector {
  readonly add: (event: EngineEvent) => void;
  readonly plan: (run: Run) => PreviewPlan;
}

/** A resource has its first word before its outputs are known, its last one after. */
export function planCollector(): PlanCollector {
  const steps = new Map<string, Step>();
  const policies: PolicyEvent[] = [];
  const diagnostics: PreviewPlan["diagnostics"][number][] = [];
  let summary: EngineEvent["summaryEvent"];
  let packLoaded = false;
  return {
    add({ resOutputsEvent, resourcePreEvent, policyEvent, diagnosticEvent: said, summaryEvent, policyLoadEvent }) {
      const metadata = resOutputsEvent?.metadata ?? resourcePreEvent?.metadata;
      if (metadata && !PARTS_OF_REPLACEMENT.has(metadata.op))
        steps.set(metadata.urn, stepOf(metadata, steps.get(metadata.urn)));
      if (policyEvent) policies.push(policyEvent);
      if (said && !said.ephemeral && (said.severity === "error" || said.severity === "warning"))
        diagnostics.push({ urn: said.urn ?? "", message: said.message.trim(), severity: said.severity });
      if (policyLoadEvent) packLoaded = true;
      summary = summaryEvent ?? summary;
    },
    plan: ({ stack, planOnly, exitCode }) => ({
      stack,
      planOnly,
      steps: [...steps.values()],
      policies,
      diagnostics,
      judged: packLoaded || Object.keys(summary?.PolicyPacks ?? {}).length > 0,
      changes: summary?.resourceChanges ?? {},
      seconds: summary?.durationSeconds ?? 0,
      failed: exitCode !== 0 || summary === undefined,
    }),
  };
}

function stepOf(metadata: StepEvent, known: Step | undefined): Step {
  const now = metadata.new ?? metadata.old;
  const replacing = metadata.keys ?? known?.replacing ?? [];
  return {
    op: metadata.op,
    urn: metadata.urn,
    type: metadata.type,
    name: metadata.urn.slice(metadata.urn.lastIndexOf("::") + 2),
    parent: now?.parent ?? "",
    old: inputsOf(metadata.old),
    new: inputsOf(metadata.new),
    id: now?.id || known?.id || "",
    outputs: masked(now?.outputs ?? known?.outputs ?? {}) as Values,
    protect: now?.protect ?? false,
    custom: now?.custom ?? false,
    provider: now?.provider ?? "",
    changed: metadata.diffs ?? known?.changed ?? [],
    replacing,
    detailedDiff: metadata.detailedDiff ?? known?.detailedDiff ?? null,
  };
}

function inputsOf(state: ResourceState | null): Values | null {
  return state === null ? null : (masked(state.inputs ?? {}) as Values);
}
