import assert from "node:assert/strict";
import { pendingCreates } from "./pending-creates.ts";

describe("what a killed engine was creating", () => {
  it("is read from the exported stack, apart from updates and deletions, which the engine does again by itself", () => {
    const resource = { urn: "urn:pulumi:dev::shop::kubernetes:core/v1:Service::cart", type: "kubernetes:core/v1:Service" };
    const operations = [{ type: "creating", resource }, { type: "updating", resource: { ...resource, urn: "other" } }];
    assert.deepEqual(pendingCreates(JSON.stringify({ deployment: { pending_operations: operations } })), [resource]);
  });

  it("is nothing in a stack that was never deployed", () => assert.deepEqual(pendingCreates('{"version":3}'), []));
});
