import assert from "node:assert/strict";
import { awsGraph, inputs } from "../../../test/aws-graph.ts";

describe("images on AWS", function () {
  this.timeout(30_000);

  it("come through the account's own registry where others make them, into a repository that is declared", async () => {
    const shop = await awsGraph();
    const { ecrRepositoryPrefix, upstreamRegistryUrl } = shop.only("aws:ecr/pullThroughCacheRule:PullThroughCacheRule");
    assert.deepEqual([ecrRepositoryPrefix, upstreamRegistryUrl], ["ecr-public", "public.ecr.aws"]);
    const repositories = shop
      .of("aws:ecr/repository:Repository")
      .map(inputs)
      .map(({ name }) => String(name));
    const gateway = inputs(
      shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-gateway"),
    ) as unknown as { spec: { template: { spec: { containers: [{ image: string }] } } } };
    const [, host = "", repository = ""] =
      /^([^/]+)\/([^:]+):/.exec(gateway.spec.template.spec.containers[0].image) ?? [];
    assert.equal(host, "111122223333.dkr.ecr.eu-central-1.amazonaws.com");
    assert.ok(repository.startsWith("ecr-public/") && repositories.includes(repository), repository);
  });

  it("go with no repository that is deleted while it holds some", async () => {
    for (const { name, forceDelete } of (await awsGraph()).of("aws:ecr/repository:Repository").map(inputs))
      assert.equal(forceDelete, false, String(name));
  });
});
