import type { EngineEvent, StepEvent } from "./engine-event.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";

/** Events of an engine as it would report a small stack on AWS, for the tests of what is made of them. */

const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "AAABAMeanttobehidden",
};
export const STACK = "urn:pulumi:prod::slipway::pulumi:pulumi:Stack::slipway-prod";
export const PROVIDER = "urn:pulumi:prod::slipway::pulumi:providers:aws::aws";
export const urn = (type: string, name: string): string => `urn:pulumi:prod::slipway::${type}::${name}`;

export function step(
  op: string,
  type: string,
  name: string,
  extra: Partial<StepEvent> & { inputs?: object; parent?: string } = {},
): EngineEvent {
  const { inputs = {}, parent = STACK, ...rest } = extra;
  const component = type.startsWith("slipway:") || type.startsWith("pulumi:");
  const state = {
    type,
    urn: urn(type, name),
    id: component ? "" : `${name}-id`,
    parent,
    provider: component ? "" : `${PROVIDER}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`,
    inputs: inputs as Record<string, unknown>,
    outputs: { arn: `arn:${name}` },
    protect: true,
  };
  return {
    resOutputsEvent: {
      metadata: {
        op,
        urn: state.urn,
        type,
        old: op === "create" ? null : state,
        new: op === "delete" ? null : state,
        ...rest,
      },
    },
  };
}

const DATABASES = urn("slipway:aws:Databases", "dbs");
export const events: EngineEvent[] = [
  step("create", "slipway:aws:Databases", "dbs"),
  step("create", "pulumi:providers:aws", "aws"),
  step("create", "aws:rds/instance:Instance", "shop", {
    parent: DATABASES,
    inputs: { instanceClass: "db.m7g.large", multiAz: true, allocatedStorage: 50, password: SECRET },
  }),
  step("update", "aws:ec2/securityGroup:SecurityGroup", "group", { parent: DATABASES, diffs: ["description"] }),
  {
    policyEvent: {
      policyName: "rds-multi-az",
      policyPackName: "slipway",
      enforcementLevel: "mandatory",
      message:
        "urn:pulumi:prod::slipway::aws:rds/instance:Instance::shop multiAz: found false | wanted true\n  fix: multiAz: true",
    },
    policyLoadEvent: {},
  },
  { diagnosticEvent: { severity: "error", message: 'slipway:zones: found "9"' } },
  { summaryEvent: { durationSeconds: 3, resourceChanges: { create: 2, update: 1 } } },
];
export function planFrom(
  events: readonly EngineEvent[],
  run: Parameters<ReturnType<typeof planCollector>["plan"]>[0],
): PreviewPlan {
  const { add, plan } = planCollector();
  for (const event of events) add(event);
  return plan(run);
}

export const planned = (more: EngineEvent[] = [], exitCode = 0): PreviewPlan =>
  planFrom([...events.slice(0, -1), ...more, ...events.slice(-1)], { stack: "prod", planOnly: true, exitCode });
