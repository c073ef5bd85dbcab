import assert from "node:assert/strict";
import { shopPlan } from "../test/shop.ts";
import { storeImages } from "./store-images.ts";

describe("images of stores", () => {
  const [store] = shopPlan().stores;
  const plan = (kind: "postgres" | "redis") => ({ ...shopPlan(), stores: store ? [{ ...store, kind }] : [] });

  it("are built only where a system has such a store", () => {
    assert.deepEqual(storeImages([shopPlan()]), ["job", "kafka", "mariadb"]);
    assert.deepEqual(storeImages([plan("postgres"), plan("redis")]).slice(3), ["postgres", "redis"]);
  });
});
