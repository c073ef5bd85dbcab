import assert from "node:assert/strict";
import { serviceAt, workloadOf } from "../../../test/shop.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { deployment } from "./deployment.ts";
import { selector } from "../metadata.ts";

const build = (name: "order" | "printer", claim: string | null = null, more: Partial<WorkloadPlan> = {}) => {
  const plan = { ...workloadOf(name), ...more };
  const { spec } = deployment({
    plan,
    owner: serviceAt(name),
    image: { reference: `registry/${name}:1`, version: "1" },
    serviceAccount: `${name}-account`,
    env: [],
    claim,
    files: [],
    beside: [],
  });
  const template = spec.template as unknown as {
    metadata: Record<string, Record<string, string>>;
    spec: Record<string, unknown>;
  };
  const [container] = template.spec["containers"] as Record<string, unknown>[];
  assert.ok(container);
  return { plan, spec, template, container };
};

describe("deployment", () => {
  it("never goes below the running replicas while a new version is proven", () => {
    const { spec } = build("order");
    assert.deepEqual(spec.strategy, { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    assert.equal(spec.minReadySeconds, 5);
    assert.equal(spec.progressDeadlineSeconds, 120);
  });

  it("lets a program listen below 1024 without being root, and asks for it nowhere else", () => {
    const security = (listens: number) => {
      const answers = workloadOf("order").answers.map((answer) => ({ ...answer, listens }));
      return build("order", null, { answers }).template.spec["securityContext"] as Record<string, unknown>;
    };
    assert.deepEqual(security(80)["sysctls"], [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }]);
    assert.equal(security(80)["runAsNonRoot"], true);
    assert.equal("sysctls" in security(8080), false);
  });

  it("leaves the number of replicas to the autoscaler", () => {
    assert.equal("replicas" in build("order").spec, false);
  });

  it("has its own path for each probe, and none is looked up on another host", () => {
    const { container } = build("order");
    const probes = ["startupProbe", "readinessProbe", "livenessProbe"].map(
      (name) => container[name] as { httpGet: { path: string; port: string } },
    );
    assert.equal(new Set(probes.map((probe) => probe.httpGet.path)).size, 3);
    for (const { httpGet } of probes) assert.deepEqual(Object.keys(httpGet).toSorted(), ["path", "port"]);
  });

  it("sleeps, then drains, before it is killed", () => {
    const { plan, template, container } = build("order");
    const { sleep } = (container["lifecycle"] as { preStop: { sleep: { seconds: number } } }).preStop;
    const grace = template.spec["terminationGracePeriodSeconds"] as number;
    assert.ok(sleep.seconds >= 5);
    assert.ok(sleep.seconds + plan.rollout.drainSeconds < grace);
    assert.equal(template.metadata["annotations"]?.["slipway.dev/drain-seconds"], "20");
  });

  it("runs as nobody, with a root file system that only /tmp escapes", () => {
    const { template, container } = build("order");
    assert.deepEqual(container["securityContext"], {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    const pod = template.spec["securityContext"] as Record<string, unknown>;
    assert.equal(pod["runAsNonRoot"], true);
    assert.deepEqual(pod["seccompProfile"], { type: "RuntimeDefault" });
    assert.equal(template.spec["automountServiceAccountToken"], false);
    assert.deepEqual(template.spec["volumes"], [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }]);
  });

  it("asks for the memory it may use, so it is never killed for memory it was promised", () => {
    const { requests, limits } = build("order").container["resources"] as Record<
      "requests" | "limits",
      Record<string, string>
    >;
    assert.equal(requests["memory"], limits["memory"]);
    assert.ok(requests["cpu"] && limits["cpu"]);
  });

  it("is found by its Service whatever version it runs, and shows the version it runs", () => {
    const { spec, template } = build("order");
    assert.deepEqual(spec.selector, { matchLabels: selector(serviceAt("order")) });
    assert.equal(template.metadata["labels"]?.["app.kubernetes.io/version"], "1");
  });

  it("keeps the pods of one version apart, over machines and zones", () => {
    const constraints = build("order").template.spec["topologySpreadConstraints"] as {
      topologyKey: string;
      matchLabelKeys: string[];
    }[];
    assert.deepEqual(
      constraints.map(({ topologyKey }) => topologyKey),
      ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
    );
    for (const { matchLabelKeys } of constraints) assert.deepEqual(matchLabelKeys, ["pod-template-hash"]);
  });

  it("lets only one pod write to a volume: the old one leaves first", () => {
    const { spec, template, container } = build("printer", "printer");
    assert.equal(spec.replicas, 1);
    assert.deepEqual(spec.strategy, { type: "Recreate" });
    assert.deepEqual((template.spec["volumes"] as unknown[])[1], {
      name: "data",
      persistentVolumeClaim: { claimName: "printer" },
    });
    assert.deepEqual((container["volumeMounts"] as unknown[])[1], { name: "data", mountPath: "/var/labels" });
  });
});
