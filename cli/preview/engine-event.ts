import { Type } from "typebox";
import { Value } from "typebox/value";

/** The events that `pulumi preview --json` streams, as far as a plan needs them (sdk/go/common/apitype/events.go). */
export interface EngineEvent {
  readonly timestamp?: number;
  readonly resourcePreEvent?: { readonly metadata: StepEvent };
  readonly resOutputsEvent?: { readonly metadata: StepEvent };
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly severity: string;
    readonly ephemeral?: boolean;
  };
  readonly policyEvent?: PolicyEvent;
  readonly policyLoadEvent?: object;
  readonly summaryEvent?: {
    readonly durationSeconds: number;
    readonly resourceChanges: Readonly<Record<string, number>>;
    readonly result?: string;
    readonly PolicyPacks?: Readonly<Record<string, string>>;
  };
}

export interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly enforcementLevel: string;
}

/** One step of the engine about one resource. */
export interface StepEvent {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old: ResourceState | null;
  readonly new: ResourceState | null;
  readonly provider?: string;
  readonly diffs?: readonly string[] | null;
  readonly keys?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, { readonly diffKind: string; readonly inputDiff: boolean }>> | null;
}

/** What the engine knows about a resource before or after the step. */
export interface ResourceState {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly custom?: boolean;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly provider?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

export type Values = Readonly<Record<string, unknown>>;

const text = Type.String();
const texts = Type.Union([Type.Array(text), Type.Null()]);
const object = Type.Object({});
const STATE = Type.Union([
  Type.Object({
    parent: Type.Optional(text),
    provider: Type.Optional(text),
    id: Type.Optional(text),
    inputs: Type.Optional(object),
    outputs: Type.Optional(object),
  }),
  Type.Null(),
]);
const STEP = Type.Object({
  metadata: Type.Object({
    op: text,
    urn: text,
    type: text,
    old: STATE,
    new: STATE,
    diffs: Type.Optional(texts),
    keys: Type.Optional(texts),
  }),
});
/** The parts above that something is done with, as the engine forms them. */
const EVENT = Type.Object({
  resourcePreEvent: Type.Optional(STEP),
  resOutputsEvent: Type.Optional(STEP),
  diagnosticEvent: Type.Optional(Type.Object({ message: text, severity: text, urn: Type.Optional(text) })),
  policyEvent: Type.Optional(Type.Object({ message: text, policyName: text, enforcementLevel: text })),
  policyLoadEvent: Type.Optional(object),
  summaryEvent: Type.Optional(
    Type.Object({
      durationSeconds: Type.Number(),
      resourceChanges: Type.Record(text, Type.Number()),
      PolicyPacks: Type.Optional(object),
    }),
  ),
});

/** Parses one streamed line; null for what is no event of the engine. */
export function parseEvent(line: string): EngineEvent | null {
  if (!line.startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(EVENT, value) ? (value as unknown as EngineEvent) : null;
  } catch {
    return null;
  }
}
