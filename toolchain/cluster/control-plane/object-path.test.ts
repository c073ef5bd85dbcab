import assert from "node:assert/strict";
import { objectPath } from "./object-path.ts";

describe("the path of an object in the API", () => {
  it("follows group, namespace and the plural of its kind", () => {
    const cases = [
      ["v1", "Namespace", undefined, "/api/v1/namespaces/x"],
      ["v1", "Pod", "a", "/api/v1/namespaces/a/pods/x"],
      ["networking.k8s.io/v1", "NetworkPolicy", "a", "/apis/networking.k8s.io/v1/namespaces/a/networkpolicies/x"],
      [
        "gateway.networking.k8s.io/v1",
        "GatewayClass",
        undefined,
        "/apis/gateway.networking.k8s.io/v1/gatewayclasses/x",
      ],
      ["storage.k8s.io/v1", "StorageClass", undefined, "/apis/storage.k8s.io/v1/storageclasses/x"],
    ] as const;
    for (const [apiVersion, kind, namespace, path] of cases) {
      assert.equal(
        objectPath({ apiVersion, kind, metadata: { name: "x", ...(namespace === undefined ? {} : { namespace }) } }),
        path,
      );
    }
  });
});
