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

/** Puts the engine's events together. A resource has its first word before its outputs are known, its last one after. */
export function planFrom(events: readonly EngineEvent[], { stack, planOnly, exitCode }: { stack: string; planOnly: boolean; exitCode: number }): PreviewPlan {
  const steps = new Map<string, Step>();
  for (const event of events) {
    const metadata = event.resOutputsEvent?.metadata ?? event.resourcePreEvent?.metadata;
    if (!metadata || PARTS_OF_REPLACEMENT.has(metadata.op)) continue;
    const known = steps.get(metadata.urn);
    steps.set(metadata.urn, stepOf(metadata, known));
  }
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  return {
    stack, planOnly, steps: [...steps.values()],
    policies: events.flatMap(({ policyEvent }) => (policyEvent ? [policyEvent] : [])),
    judged: events.some(({ policyLoadEvent }) => policyLoadEvent) || Object.keys(summary?.PolicyPacks ?? {}).length > 0,
    diagnostics: events.flatMap(({ diagnosticEvent: said }) =>
      said && !said.ephemeral && (said.severity === "error" || said.severity === "warning") ? [{ urn: said.urn ?? "", message: said.message.trim(), severity: said.severity }] : []),
    changes: summary?.resourceChanges ?? {}, seconds: summary?.durationSeconds ?? 0,
    failed: exitCode !== 0 || summary === undefined,
  };
}

function stepOf(metadata: StepEvent, known: Step | undefined): Step {
  const now = metadata.new ?? metadata.old;
  const replacing = metadata.keys ?? known?.replacing ?? [];
  return {
    op: metadata.op, urn: metadata.urn, type: metadata.type, name: metadata.urn.slice(metadata.urn.lastIndexOf("::") + 2),
    parent: now?.parent ?? "", old: inputsOf(metadata.old), new: inputsOf(metadata.new),
    id: now?.id || known?.id || "", outputs: masked(now?.outputs ?? known?.outputs ?? {}) as Values,
    protect: now?.protect ?? false, custom: now?.custom ?? false, provider: now?.provider ?? "",
    changed: metadata.diffs ?? known?.changed ?? [], replacing, detailedDiff: metadata.detailedDiff ?? known?.detailedDiff ?? null,
  };
}

function inputsOf(state: ResourceState | null): Values | null {
  return state === null ? null : masked(state.inputs ?? {}) as Values;
}
