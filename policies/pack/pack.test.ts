import assert from "node:assert/strict";
import type { Props } from "../resources/resource.ts";
import { resourcePolicy, rulesOf, typedKinds } from "./resource-policies.ts";
import { stackPolicy } from "./stack-policy.ts";

type Report = (violation: {
  name: string;
  message: string;
  urn?: string;
  enforcementLevel: string;
  severity: string;
}) => void;

/** Behaves as @pulumi/policy does: props stand behind a proxy that throws at an unknown value. */
function run(
  token: string,
  props: Props,
  urn = `urn:pulumi:prod::p::${token}::x`,
): { name: string; enforcementLevel: string; message: string }[] {
  const { validateResource } = resourcePolicy();
  assert.ok(typeof validateResource === "function");
  const found: Parameters<Report>[0][] = [];
  const proxy = { __getSpecialProxyTarget: props };
  const args = { type: token, urn, name: "x", props: proxy, isType: () => true, getConfig: () => ({}) };
  void validateResource(args as never, ((violation: Parameters<Report>[0]) => void found.push(violation)) as never);
  return found;
}

describe("the pack", () => {
  it("knows the kinds that rules ask about, and is silent about all others", () => {
    assert.deepEqual(run("aws:sns/topic:Topic", { name: "x" }), []);
    assert.ok(typedKinds().includes("aws:rds/instance:Instance"));
    assert.ok(rulesOf("Deployment").some(({ id }) => id === "not-privileged"));
  });

  it("reports a finding under the name, level and severity of its rule", () => {
    const found = run("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", {
      metadata: { name: "x" },
      spec: { minReplicas: 1, maxReplicas: 4 },
    });
    const floor = found.find(({ name }) => name === "autoscaler-floor");
    assert.equal(floor?.enforcementLevel, "mandatory");
    assert.match(
      floor?.message ?? "",
      /found 1, wanted >= 2[\s\S]*fix:[\s\S]*docs: (file|https?):\/\/\S+\/docs\/policies\/replicas\.md#autoscaler-floor$/,
    );
  });

  it("judges what is known although something else is not", () => {
    const found = run("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", {
      metadata: { name: "x" },
      spec: { minReplicas: "3eeb2bf0-c639-47a8-9e75-3b44932eb421", maxReplicas: 40, metrics: [] },
    });
    assert.deepEqual(
      found.map(({ name }) => name),
      ["autoscaler-reacts"],
    );
  });

  it("sums up the checklist over one model of the stack", () => {
    const { validateStack } = stackPolicy();
    const found: Parameters<Report>[0][] = [];
    const resources = [
      {
        type: "kubernetes:core/v1:Service",
        urn: "urn:pulumi:prod::p::kubernetes:core/v1:Service::lost",
        props: {
          metadata: { name: "lost", namespace: "shop" },
          spec: { selector: { app: "lost" }, ports: [{ port: 80 }] },
        },
      },
    ];
    void validateStack(
      { resources, getConfig: () => ({}) } as never,
      ((violation: Parameters<Report>[0]) => void found.push(violation)) as never,
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      ["service-selects-pods", "sla-checklist"],
    );
    assert.match(found[1]?.message ?? "", /failed: 37/);
  });

  it("says which fact is missing, apart from what deployment will tell", () => {
    const spread = [{ topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", minDomains: 3 }];
    const spec = {
      replicas: 3,
      selector: { matchLabels: { app: "a" } },
      template: {
        metadata: { labels: { app: "a" } },
        spec: { topologySpreadConstraints: spread, containers: [{ name: "a", image: "a" }] },
      },
    };
    const messages: string[] = [];
    const resources = [
      {
        type: "kubernetes:apps/v1:Deployment",
        urn: "urn:pulumi:prod::p::kubernetes:apps/v1:Deployment::spread",
        props: { metadata: { name: "spread", namespace: "shop" }, spec },
      },
    ];
    void stackPolicy().validateStack(
      { resources, getConfig: () => ({}) } as never,
      (({ message }: { message: string }) => void messages.push(message)) as never,
    );
    assert.match(
      messages.at(-1) ?? "",
      /findings exempt; 1 answer needs the fact zones of the policy configuration: zones-for-pods/,
    );
  });
});

describe("on a running cluster", () => {
  it("the pack judges what was declared, not what the cluster made of it", () => {
    const urn = "urn:pulumi:prod::p::kubernetes:apps/v1:Deployment::cart";
    const deployment = {
      apiVersion: "apps/v1",
      metadata: { name: "cart", namespace: "shop" },
      spec: {
        selector: { matchLabels: { app: "cart" } },
        template: { metadata: { labels: { app: "cart" } }, spec: {} },
      },
    };
    const scaler = {
      metadata: deployment.metadata,
      spec: {
        scaleTargetRef: { kind: "Deployment", name: "cart", apiVersion: "apps/v1" },
        minReplicas: 2,
        maxReplicas: 4,
      },
    };
    const found = (): string[] => {
      const names: string[] = [];
      const resources = [
        {
          type: "kubernetes:apps/v1:Deployment",
          urn,
          props: { ...deployment, spec: { ...deployment.spec, replicas: 2 } },
        },
        {
          type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
          urn: "urn:pulumi:prod::p::kubernetes:autoscaling/v2:HorizontalPodAutoscaler::cart",
          props: scaler,
        },
      ];
      void stackPolicy().validateStack(
        { resources, getConfig: () => ({}) } as never,
        (({ name }: { name: string }) => void names.push(name)) as never,
      );
      return names;
    };
    assert.ok(found().includes("replicas-left-to-autoscaler"), "a number that was declared would be noticed");
    run("kubernetes:apps/v1:Deployment", deployment, urn);
    assert.ok(!found().includes("replicas-left-to-autoscaler"));
  });
});

describe("what nobody knows yet", () => {
  it("does not keep the pack from judging the rest", () => {
    const urn = "urn:pulumi:prod::p::kubernetes:core/v1:Secret::key";
    const secret: Props = {
      metadata: { name: "key", namespace: "shop" },
      stringData: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    };
    run("kubernetes:core/v1:Secret", secret, urn);
    const names: string[] = [];
    void stackPolicy().validateStack(
      { resources: [{ type: "kubernetes:core/v1:Secret", urn, props: secret }], getConfig: () => ({}) } as never,
      (({ name }: { name: string }) => void names.push(name)) as never,
    );
    assert.deepEqual(names, ["sla-checklist"]);
  });
});

describe("a Secret that a cluster has seen", () => {
  const alertmanager = (text: string): Props => ({
    metadata: { name: "alertmanager", namespace: "monitoring" },
    data: { "alertmanager.yml": Buffer.from(text).toString("base64") },
  });
  const found = (text: string) => run("kubernetes:core/v1:Secret", alertmanager(text)).map(({ name }) => name);

  it("is read out of its base64", () => {
    assert.deepEqual(found("route:\n  receiver: team\nreceivers: [{ name: team }]\ninhibit_rules: []\n"), []);
    assert.deepEqual(found("receivers: [{ name: team }]\ninhibit_rules: []\n"), ["mails-arrive"]);
  });
});

describe("what is replaced", () => {
  it("has the name that the engine gave it last", () => {
    const urn = "urn:pulumi:prod::p::kubernetes:core/v1:ConfigMap::settings";
    const map = (name: string): Props => ({ metadata: { name, namespace: "shop" }, data: { COLOUR: "red" } });
    const pod = {
      containers: [
        {
          name: "cart",
          env: [{ name: "COLOUR", valueFrom: { configMapKeyRef: { name: "settings-2", key: "COLOUR" } } }],
        },
      ],
    };
    const deployment = {
      metadata: { name: "cart", namespace: "shop" },
      spec: {
        selector: { matchLabels: { app: "cart" } },
        template: { metadata: { labels: { app: "cart" } }, spec: pod },
      },
    };
    run("kubernetes:core/v1:ConfigMap", map("settings-1"), urn);
    const names: string[] = [];
    const resources = [
      { type: "kubernetes:core/v1:ConfigMap", urn, props: map("settings-2") },
      {
        type: "kubernetes:apps/v1:Deployment",
        urn: "urn:pulumi:prod::p::kubernetes:apps/v1:Deployment::wheel",
        props: deployment,
      },
    ];
    void stackPolicy().validateStack(
      { resources, getConfig: () => ({}) } as never,
      (({ name }: { name: string }) => void names.push(name)) as never,
    );
    assert.ok(!names.includes("env-resolves"), names.join(", "));
  });
});
