import assert from "node:assert/strict";
import { planSystem } from "../../model/plan.ts";
import { shop, shopPlan } from "../../test/shop.ts";
import { systemImages } from "./image-references.ts";
import { imageSources } from "./image-sources.ts";

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

describe("the image of what the entry asks about tokens", () => {
  it("is built for each system that signs callers in, from a file that is not the system's", async () => {
    const guarded = planSystem({ ...shop, signIn: { audience: "shop" } }, "dev");
    const workloads = guarded.workloads.filter(({ name }) => name === "verifier");
    const { references, programs } = await systemImages([{ ...guarded, workloads, stores: [] }], { registry: null });
    const recipe = programs.get(references.get("shop/verifier") ?? "");
    assert.deepEqual(recipe && "bundle" in recipe && recipe.bundle?.entry, "runtime/verifier.ts");
    const plan = (await imageSources([{ ...guarded, workloads }], [], ["linux/amd64"], true)).of({
      ...guarded,
      workloads,
    });
    assert.deepEqual(
      plan.map(({ name }) => name),
      ["job", "shop/verifier"],
    );
  });
});
