import assert from "node:assert/strict";
import { localCluster } from "./local-cluster.ts";

describe("the address of a system", () => {
  it("is a port of this machine on the embedded cluster", () => {
    assert.equal(localCluster({ kubeContext: null, cluster: "no-such-cluster" }).url, "http://127.0.0.1:8080");
  });

  it("is not guessed on a cluster of one's own: the output says which command knows it", () => {
    assert.match(localCluster({ kubeContext: "k3d-mine", cluster: "dev" }).url, /npx slipway open/);
  });
});
