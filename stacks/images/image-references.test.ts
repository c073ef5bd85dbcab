import assert from "node:assert/strict";
import { shopPlan } from "../../test/shop.ts";
import { systemImages } from "./image-references.ts";

describe("images of stores", () => {
  const images = async (kind: "mariadb" | "postgres" | "redis") => {
    const stores = shopPlan().stores.map((store) => ({ ...store, kind }));
    const { references } = await systemImages([{ ...shopPlan(), workloads: [], stores }], { registry: null });
    return [...references.keys()];
  };

  it("are built only where a system has such a store", async () => {
    assert.deepEqual(await images("mariadb"), ["job", "kafka", "mariadb"]);
    assert.deepEqual((await images("postgres")).slice(3), ["postgres"]);
    assert.deepEqual((await images("redis")).slice(3), ["redis"]);
  });
});
