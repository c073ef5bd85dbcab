import { stringify } from "yaml";
import { parseEvent } from "../../cli/preview/engine-event.ts";
import { previewMarkdown } from "../../cli/preview/markdown.ts";
import { planCollector } from "../../cli/preview/preview-plan.ts";
import { pulumiJson } from "../../cli/preview/pulumi-json.ts";
import { recordIn } from "../../cli/preview/record/record-file.ts";
import { recordedState, recordPlan } from "../../cli/preview/recorded-plan.ts";
import { previewText } from "../../cli/preview/text.ts";
import { readStackFile } from "../../cli/stack/stack-file.ts";
import { readAwsSettings } from "../../components/aws/settings/read-settings.ts";
import { visibleJson } from "../../model/harmless/visible.ts";
import { readSettings } from "../../stacks/settings.ts";
import { ACCOUNT, prodPlan, TODAY } from "../aws-account.ts";
import type { Reader } from "./reader.ts";

const TYPE = "kubernetes:core/v1:PersistentVolumeClaim";
const URN = `urn:pulumi:prod::slipway::${TYPE}::data`;
const STATE = {
  urn: URN,
  type: TYPE,
  custom: true,
  id: "data",
  inputs: { a: 1 },
  outputs: { a: 1 },
  parent: "",
  provider: "p::1",
};
const STEP = {
  op: "replace",
  urn: URN,
  type: TYPE,
  old: STATE,
  new: STATE,
  keys: ["a"],
  diffs: ["a"],
  detailedDiff: null,
};

/** What the engine says of a plan, what a plan is compared with, and what a stack is set to. */
export const plansAndSettings: readonly Reader[] = [
  {
    name: "events of the engine",
    samples: [
      [
        { resourcePreEvent: { metadata: STEP } },
        { resOutputsEvent: { metadata: { ...STEP, op: "update" } } },
        {
          policyEvent: {
            resourceUrn: URN,
            message: "m",
            policyName: "p",
            policyPackName: "p",
            enforcementLevel: "mandatory",
          },
        },
        { diagnosticEvent: { urn: URN, message: "m", severity: "error" } },
        { policyLoadEvent: {} },
        { summaryEvent: { durationSeconds: 1, resourceChanges: { create: 1 }, PolicyPacks: { slipway: "1" } } },
      ],
    ],
    written: (input) => (Array.isArray(input) ? input : [input]).map((event) => JSON.stringify(event)).join("\n"),
    read(words) {
      const { add, plan } = planCollector();
      for (const line of words.split("\n")) {
        const event = parseEvent(line);
        if (event) add(event);
      }
      const made = plan({ stack: "prod", planOnly: true, exitCode: 1 });
      const record = visibleJson(recordPlan(made, { whole: true }));
      return [previewText(made, true), previewText(made, false), previewMarkdown(made), pulumiJson(made), record].join(
        "\n",
      );
    },
  },
  {
    name: "a recorded plan",
    samples: [{ stack: "prod", planOnly: true, resources: [STATE] }],
    read: (words) => visibleJson(recordedState(recordIn(words, "record.json", "prod"))),
  },
  {
    name: "settings of dev",
    samples: [
      { config: { "slipway:system": ["fishdelivery"], "slipway:cluster": "dev", "slipway:monitoring": "off" } },
    ],
    written: (input) => stringify(input),
    read: (words) => visibleJson(readSettings("dev", settingsIn(words), ["fishdelivery"])),
  },
  {
    name: "settings of prod",
    samples: [{ config: ACCOUNT }],
    written: (input) => stringify(input),
    read: (words) => visibleJson(readAwsSettings(settingsIn(words), [prodPlan], TODAY)),
  },
];

function settingsIn(words: string): Record<string, string> {
  const config = Object.entries(readStackFile("Pulumi.dev.yaml", words));
  return Object.fromEntries(
    config.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
