import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { foundation } from "../components/aws/foundation.ts";
import type { ImageSource } from "../components/aws/images/images.ts";
import { AwsPlatform } from "../components/aws/platform.ts";
import { readAwsSettings } from "../components/aws/settings/read-settings.ts";
import { System } from "../components/system.ts";
import type { SystemPlan } from "../model/plan.ts";
import { ACCOUNT, prodPlan, TODAY } from "./aws-account.ts";
import { awsAnswers } from "./aws-answers.ts";
import { type Answers, recordResources, type Recorded } from "./record-resources.ts";

function sourcesOf(plan: SystemPlan): ImageSource[] {
  const source = (name: string): ImageSource => ({
    name,
    repository: name === "job" ? `${plan.name}/job` : name,
    version: "b1",
    context: `contexts/${name}`,
  });
  return [source("job"), ...plan.workloads.map(({ name }) => source(`${plan.name}/${name}`))];
}

/** AWS for one system, in the smallest account there is. */
export function awsPlatform(
  plan: SystemPlan,
  parent: pulumi.Resource,
  config: Record<string, string> = {},
): AwsPlatform {
  const settings = readAwsSettings({ ...ACCOUNT, ...config }, [plan], TODAY);
  const shared = foundation({ stage: "prod", settings, plans: [plan], definitions: [] }, { parent });
  return new AwsPlatform(
    `${plan.name}-platform`,
    {
      plan,
      foundation: shared,
      sources: sourcesOf(plan),
      index: 0,
      traces: null,
      secret: (name) => pulumi.secret(name),
      addressOf: () => ({ host: "store.example.com", port: 443 }),
    },
    { parent },
  );
}

type Inputs = Record<string, unknown>;

/** What a resource was declared with. */
export function inputs({ inputs: found }: Recorded | undefined = assert.fail("no such resource")): Inputs {
  return found as Inputs;
}

/** Everything that the shop declares on AWS, to be asked by type. */
export interface AwsGraph {
  readonly all: readonly Recorded[];
  of(type: string): Recorded[];
  /** What the first one of a type was declared with. */
  only(type: string): Inputs;
}

/** Graphs by their settings: most tests ask the same few, and each takes a second. */
const known = new Map<string, Promise<AwsGraph>>();

/** Declares the shop on AWS, without any engine. */
export function awsGraph(config: Record<string, string> = {}, answers: Answers = awsAnswers): Promise<AwsGraph> {
  if (answers !== awsAnswers) return awsGraphOf(prodPlan, config, answers);
  const key = JSON.stringify(config);
  const graph = known.get(key) ?? awsGraphOf(prodPlan, config, answers);
  known.set(key, graph);
  return graph;
}

/** The same of another system. */
export async function awsGraphOf(
  plan: SystemPlan,
  config: Record<string, string> = {},
  answers: Answers = awsAnswers,
): Promise<AwsGraph> {
  const all = await recordResources(
    "prod",
    (root) => void new System(plan.name, { plan, platform: awsPlatform(plan, root, config) }, { parent: root }),
    answers,
  );
  const of = (type: string): Recorded[] => all.filter((resource) => resource.type === type);
  return { all, of, only: (type) => inputs(of(type)[0]) };
}
