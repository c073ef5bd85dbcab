import assert from "node:assert/strict";
import { serviceAt } from "../../test/shop.ts";
import { labels, metadata, namedMetadata, selector } from "./metadata.ts";

describe("metadata", () => {
  it("labels every object with service, system, component, version, tool and team", () => {
    assert.deepEqual(Object.keys(labels(serviceAt("order"))).toSorted(), [
      "app.kubernetes.io/component",
      "app.kubernetes.io/managed-by",
      "app.kubernetes.io/name",
      "app.kubernetes.io/part-of",
      "app.kubernetes.io/version",
      "slipway.dev/owner",
    ]);
  });

  it("puts every object into the namespace of its system, without a name", () => {
    assert.deepEqual(Object.keys(metadata(serviceAt("order"))), ["namespace", "labels"]);
    assert.equal(metadata(serviceAt("order")).namespace, "shop");
  });

  it("names what others rely on", () => {
    assert.equal(namedMetadata(serviceAt("order"), "order").name, "order");
  });

  it("tells the pods of a service from those of its migration", () => {
    const pods = selector(serviceAt("order"));
    assert.notDeepEqual(pods, selector({ ...serviceAt("order"), component: "migration" }));
    assert.equal("app.kubernetes.io/version" in pods, false);
  });
});
