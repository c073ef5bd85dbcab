import assert from "node:assert/strict";
import type { EngineEvent } from "../cli/preview/engine-event.ts";
import { LOOK_AGAIN } from "../cli/preview/live.ts";
import { previewMarkdown } from "../cli/preview/markdown.ts";
import { planCollector, type PreviewPlan } from "../cli/preview/preview-plan.ts";
import { pulumiJson } from "../cli/preview/pulumi-json.ts";
import { recordedState, recordPlan } from "../cli/preview/recorded-plan.ts";
import { runEngine } from "../cli/preview/run-engine.ts";
import { previewText } from "../cli/preview/text.ts";
import { projectFolder } from "../cli/project/project-folder.ts";
import { ROUTE_RIGHTS } from "../model/traefik.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/engine/plan-only.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { config, errorsOf, live, planned } from "./engine-plans.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const mandatory = ({ policies }: PreviewPlan): string[] =>
  policies
    .filter(({ enforcementLevel }) => enforcementLevel === "mandatory")
    .map(({ policyName, message }) => `${policyName}: ${message}`);

describe(
  live
    ? "prod through the real engine"
    : "prod through the real engine (skipped: it needs the engine, which `npm test` makes)",
  function () {
    this.timeout(300_000);
    let plan: PreviewPlan;

    before(async function () {
      if (!live) return this.skip();
      plan = await planned({ policies: true });
    });

    const assertConcrete = (found: PreviewPlan): void => {
      assert.equal(errorsOf(found), "");
      assert.ok(found.steps.length > 250, `${found.steps.length} resources`);
      for (const { urn, new: inputs, id, custom, type } of found.steps) {
        assert.ok(!JSON.stringify(inputs).includes(UNKNOWN), `${urn} has an unknown input`);
        if (custom && !type.startsWith("pulumi:")) assert.notEqual(id, "", `${urn} has no id`);
      }
    };

    it("plans every resource with concrete values, and without an account", () => assertConcrete(plan));

    it("teaches the cluster every kind that a gateway lists before it serves its first route", () => {
      const kinds = plan.steps
        .filter(({ type }) => type.endsWith(":CustomResourceDefinition"))
        .map(({ urn }) => urn.split("::").at(-1));
      const listed = ROUTE_RIGHTS.filter(({ apiGroups: [group = ""] }) => group.includes(".io")).flatMap(
        ({ apiGroups, resources }) => resources.map((kind) => `${kind}.${apiGroups.join("")}`),
      );
      assert.deepEqual(
        listed.filter((kind) => !/status|endpointslices/.test(kind) && !kinds.includes(kind)),
        [],
      );
    });

    const theirNetwork = {
      "slipway:vpcId": "vpc-0123456789abcdef0",
      "slipway:vpcCidr": "10.8.0.0/16",
      "slipway:privateSubnets": "subnet-0a1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712",
      "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-0b1b2c3d4e5f60711,subnet-0b1b2c3d4e5f60712",
    };
    const others: readonly [way: string, more: Record<string, string>, nodeGroups: number][] = [
      [
        "node groups, web firewall, enhanced scanning, two zones behind one gateway",
        {
          "slipway:compute": "node-groups",
          "slipway:firewall": "on",
          "slipway:imageScanning": "enhanced",
          "slipway:zones": "2",
          "slipway:nat": "shared",
          "slipway:brokers": "4",
        },
        2,
      ],
      [
        "somebody else's network and cluster, a server for each service, generated passwords, images for two platforms",
        {
          ...theirNetwork,
          "slipway:existingCluster": "theirs",
          "slipway:databaseMaster": "generated",
          "slipway:databasePer": "service",
          "slipway:imagePlatforms": "linux/amd64,linux/arm64",
        },
        0,
      ],
    ];
    for (const [way, more, nodeGroups] of others) {
      it(`plans another way of running it as well, and the policies let it pass: ${way}`, async () => {
        const other = await planned({ policies: true, more });
        assertConcrete(other);
        assert.deepEqual(mandatory(other), []);
        assert.equal(other.steps.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup").length, nodeGroups);
      });
    }

    it("keeps every mandatory rule of the policy pack", () => {
      assert.ok(plan.judged);
      assert.deepEqual(mandatory(plan), []);
    });

    it("says plainly that everybody may call every public route, and that no caller is asked who they are", () => {
      const said = plan.policies.filter(({ policyName }) => policyName === "routes-ask-who");
      const routes = plan.steps.filter(({ type }) => type.endsWith(":HTTPRoute"));
      assert.deepEqual(
        [said.length, said.every(({ message }) => /everybody may call \S/.test(message))],
        [routes.length, true],
      );
      const checklist = plan.policies.find(({ policyName }) => policyName === "sla-checklist")?.message ?? "";
      assert.match(checklist, /failed: 14;/);
    });

    it("answers in writing for the one right that is wider than the pack wants it", () => {
      assert.deepEqual(
        plan.policies.filter(({ policyName }) => policyName === "secrets-by-name"),
        [],
      );
    });

    it("shows no password, neither in the plan nor in JSON, Markdown, text or record", () => {
      const text = [
        pulumiJson(plan),
        previewMarkdown(plan),
        previewText(plan, true),
        JSON.stringify(recordPlan(plan, { whole: true })),
      ].join("\n");
      assert.doesNotMatch(text, /"withheld"|"password": "(?!\[secret\])/);
      const secrets = plan.steps.filter(({ type }) => type === "kubernetes:core/v1:Secret");
      assert.ok(secrets.length > 0 && secrets.every(({ new: inputs }) => inputs?.["stringData"] === "[secret]"));
    });

    it("lets the pods of every closed namespace ask the name service, which Auto Mode has on each node", () => {
      interface Policy {
        readonly metadata: { readonly namespace: string };
        readonly spec: {
          readonly egress?: readonly {
            readonly to?: readonly { readonly ipBlock?: { readonly cidr: string } }[];
            readonly ports?: readonly { readonly port: number }[];
          }[];
        };
      }
      const policies = plan.steps
        .filter(({ type }) => type.endsWith(":NetworkPolicy"))
        .map(({ new: found }) => found as unknown as Policy);
      const asks = policies.filter(({ spec }) =>
        spec.egress?.some(
          ({ to, ports }) =>
            to?.some(({ ipBlock }) => ipBlock?.cidr === "172.20.0.0/16") && ports?.some(({ port }) => port === 53),
        ),
      );
      const namespaces = (of: readonly Policy[]): string[] =>
        [...new Set(of.map(({ metadata }) => metadata.namespace))].toSorted();
      assert.deepEqual(namespaces(asks), namespaces(policies));
    });

    it("is the same plan every time", async () => {
      const again = await planned();
      const inputs = (found: PreviewPlan): object =>
        Object.fromEntries(found.steps.map((step) => [step.urn, step.new]).toSorted());
      assert.deepEqual(inputs(again), inputs(plan));
    });

    it("asks for no image when it looks for drift: the registry would not answer to a token of yesterday", async () => {
      const state = recordedState(recordPlan(plan, { whole: true })).map((resource) =>
        resource.type === "docker-build:index:Image"
          ? { ...resource, inputs: { ...resource.inputs, tags: ["gone"] } }
          : resource,
      );
      const { add: onEvent, plan: seen } = planCollector();
      await withPlanOnlyEngine(standardProgress(false), async (engine) => {
        const file = await planOnlyStack(engine, "slipway", "prod", `config: ${JSON.stringify(config)}`, state);
        await runEngine({
          pulumi: engine.pulumi,
          args: ["preview", "--stack", "prod", "--config-file", file, ...LOOK_AGAIN],
          cwd: projectFolder,
          env: engine.env,
          onEvent,
        });
      });
      const images = seen({ stack: "prod", planOnly: true, exitCode: 0 }).steps.filter(
        ({ type }) => type === "docker-build:index:Image",
      );
      assert.ok(images.length > 0);
      assert.deepEqual(
        images.filter(({ op }) => op !== "same"),
        [],
      );
    });

    it("lists everything that is wrong before anything is planned", async () => {
      const wrong = await planned({
        more: { "slipway:accountId": "1", "slipway:zones": "5", "slipway:clusterVersion": "1.20" },
      });
      for (const key of ["slipway:accountId", "slipway:zones", "slipway:clusterVersion"])
        assert.match(errorsOf(wrong), new RegExp(`${key}: found`));
      assert.equal(wrong.steps.filter(({ type }) => type.startsWith("aws:")).length, 0);
    });

    it("refuses to create anything, with a reason", async () => {
      const said: EngineEvent[] = [];
      const { exitCode, messages } = await withPlanOnlyEngine(standardProgress(false), async (engine) => {
        const file = await planOnlyStack(engine, "slipway", "prod", `config: ${JSON.stringify(config)}`);
        const args = ["up", "--stack", "prod", "--config-file", file, "--yes", "--skip-preview"];
        return runEngine({
          pulumi: engine.pulumi,
          args,
          cwd: projectFolder,
          env: engine.env,
          onEvent: (event) => void said.push(event),
        });
      });
      assert.notEqual(exitCode, 0);
      assert.match(messages + JSON.stringify(said), /plan only: this stand-in for provider .* never creates/);
    });
  },
);
