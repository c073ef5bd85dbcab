import assert from "node:assert/strict";
import type { ApiCall } from "../ground.ts";
import { MANAGER } from "../cluster/cluster.ts";
import { Scene } from "../run/scene.ts";
import { fakeGround, recordInMemory } from "../testing/fake-ground.ts";
import { KnownServer } from "../testing/known-server.ts";
import { asNewVersion, changeWorkload, withProgram, without } from "./template.ts";

const BEFORE = {
  metadata: { name: "order", generation: 1, managedFields: [{ manager: "engine" }] as { manager: string }[] },
  spec: {
    replicas: 2,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } },
    template: {
      metadata: { annotations: { drain: "20" } },
      spec: {
        containers: [
          { name: "order", image: "order:1", readinessProbe: {}, env: [] },
          { name: "beside", image: "b:1" },
        ],
      },
    },
  },
};

/** An API server that keeps one Deployment, applies patches to it, and notes who changed it. */
function keeping() {
  const kept = structuredClone(BEFORE);
  const ground = fakeGround(new KnownServer(), "");
  const api = async ({ method, path, type, body }: ApiCall) => {
    if (method === "GET") return { status: 200, body: { items: [structuredClone(kept)] } };
    if (type === "json-patch+json") {
      for (const { path: field, value } of body as { path: string; value: never }[])
        Object.assign(kept.spec, { [field.replace("/spec/", "")]: value });
      if (path.includes(`fieldManager=${MANAGER}`)) kept.metadata.managedFields.push({ manager: MANAGER });
    } else Object.assign(kept.metadata, (body as typeof BEFORE).metadata);
    return { status: 200, body: structuredClone(kept) };
  };
  const signal = new AbortController().signal;
  const record = recordInMemory();
  const scene = new Scene({ ground: { ...ground, api }, experiment: "E2", record, signal, told: () => undefined });
  return { kept, scene, record };
}

describe("a workload that is changed", () => {
  it("gets a version of its own, and is afterwards as it was, with no field claimed by us", async () => {
    const { kept, scene, record } = keeping();
    await changeWorkload(scene, "order", "a new version", (it) => asNewVersion(it, "next"));
    assert.deepEqual(kept.spec.template.metadata.annotations, { drain: "20", "slipway.dev/proof": "next" });
    assert.equal(record.all().length, 1);
    await scene.repair();
    assert.deepEqual([kept, record.all()], [BEFORE, []]);
  });

  it("loses a protection of its program alone, and is put back from two changes in the right order", async () => {
    const { kept, scene } = keeping();
    await changeWorkload(scene, "order", "no recipe", ({ spec }) => ({
      template: withProgram(spec.template, (program) => without(program, "readinessProbe")),
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } },
    }));
    assert.deepEqual(kept.spec.template.spec.containers, [
      { name: "order", image: "order:1", env: [] },
      { name: "beside", image: "b:1" },
    ]);
    await changeWorkload(scene, "order", "a new version", (it) => asNewVersion(it, "next"));
    await scene.repair();
    assert.deepEqual(kept, BEFORE);
  });
});
