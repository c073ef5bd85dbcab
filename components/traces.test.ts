import assert from "node:assert/strict";
import { EVERYWHERE, podsInNamespace } from "./manifests/peers.ts";
import { connectTraces } from "./traces.ts";

describe("the way of traces", () => {
  for (const host of ["collector.tracing", "collector.tracing.svc", "collector.tracing.svc.cluster.local"])
    it(`leads into the namespace of a Service of the cluster: ${host}`, () => {
      const { peers, port } = connectTraces(`http://${host}:4318`);
      assert.deepEqual([peers, port], [[podsInNamespace("tracing")], 4318]);
    });

  it("leads to the port of anybody else, never to the cloud's own metadata", () => {
    const { peers, port } = connectTraces("https://otlp.eu.example.com/v1");
    assert.deepEqual([peers, port], [[EVERYWHERE], 443]);
  });
});
