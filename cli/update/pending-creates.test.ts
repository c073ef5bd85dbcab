import assert from "node:assert/strict";
import { pendingCreates } from "./pending-creates.ts";

const object = (kind: string, apiVersion: string, name: string, namespace?: string) => ({
  urn: `urn:pulumi:dev::shop::kubernetes:${apiVersion}:${kind}::${name}`,
  type: `kubernetes:${apiVersion}:${kind}`,
  inputs: { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) } },
});
const creating = (...resources: object[]) => resources.map((resource) => ({ type: "creating", resource }));
const read = (deployment: object) => pendingCreates(JSON.stringify({ version: 3, deployment }));

describe("what a killed engine was creating", () => {
  it("is named by kind, version and group, so that no other kind is meant", () => {
    const { objects } = read({
      pending_operations: creating(
        object("Deployment", "apps/v1", "cart-1", "shop"),
        object("GatewayClass", "gateway.networking.k8s.io/v1", "traefik"),
      ),
    });
    assert.deepEqual(objects, [
      { kind: "Deployment.v1.apps", name: "cart-1", namespace: "shop" },
      { kind: "GatewayClass.v1.gateway.networking.k8s.io", name: "traefik", namespace: null },
    ]);
  });

  it("is nothing that the stack knows, nor what was being changed or deleted", () => {
    const service = object("Service", "v1", "cart", "shop");
    assert.deepEqual(read({ resources: [{ ...service, id: "shop/cart" }], pending_operations: creating(service) }), {
      count: 1,
      objects: [],
    });
    assert.deepEqual(read({ pending_operations: [{ type: "updating", resource: service }] }), {
      count: 0,
      objects: [],
    });
  });

  it("is never a namespace or a volume: they may have been there before, with data inside", () => {
    const created = creating(object("Namespace", "v1", "shop"), object("PersistentVolumeClaim", "v1", "data", "shop"));
    assert.deepEqual(read({ pending_operations: created }), { count: 2, objects: [] });
  });

  it("counts what is in no cluster too: the engine has to forget it", () => {
    assert.deepEqual(
      read({
        pending_operations: creating({ urn: "urn:pulumi:dev::shop::random:x::y", type: "random:x", inputs: {} }),
      }),
      { count: 1, objects: [] },
    );
  });

  it("is nothing in a stack that was never deployed", () =>
    assert.deepEqual(pendingCreates('{"version":3}'), { count: 0, objects: [] }));
});
