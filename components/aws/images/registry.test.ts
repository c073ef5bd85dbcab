import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

describe("images on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("pushes images to repositories whose tags cannot move, and runs them by digest", () => {
    for (const repository of shop.of("aws:ecr/repository:Repository").map(inputs)) {
      assert.equal(repository["imageTagMutability"], "IMMUTABLE");
      assert.deepEqual(repository["imageScanningConfiguration"], { scanOnPush: true });
      assert.equal((repository["encryptionConfigurations"] as { encryptionType: string }[])[0]?.encryptionType, "KMS");
    }
    const order = shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-order");
    assert.match(JSON.stringify(order?.inputs), /registry\/slipway\/shop\/order@sha256:/);
  });

  it("builds every image for all platforms that are asked for, under a tag of its own", async () => {
    const images = async (config: Record<string, string> = {}) =>
      (await awsGraph(config))
        .of("docker-build:index:Image")
        .map(inputs)
        .map(({ platforms, tags, push, buildOnPreview }) => ({ platforms, tags, push, buildOnPreview }));
    const order = (platforms: string[], tag: string) => ({
      platforms,
      tags: [`registry/slipway/shop/order:${tag}`],
      push: true,
      buildOnPreview: false,
    });
    const [one, two] = [await images(), await images({ "slipway:imagePlatforms": "linux/amd64,linux/arm64" })];
    assert.deepEqual(
      one.find(({ tags }) => String(tags).includes("/shop/order")),
      order(["linux/amd64"], "b1-amd64-a1b2c3"),
    );
    assert.deepEqual(
      two.find(({ tags }) => String(tags).includes("/shop/order")),
      order(["linux/amd64", "linux/arm64"], "b1-amd64-arm64-a1b2c3"),
    );
    for (const { platforms } of two) assert.deepEqual(platforms, ["linux/amd64", "linux/arm64"]);
  });

  it("gives every build a tag of its own, so that an earlier release can be built again", () => {
    const builds = shop
      .of("random:index/randomString:RandomString")
      .map(inputs)
      .filter(({ keepers }) => keepers !== undefined);
    assert.deepEqual(
      builds.map(({ keepers }) => keepers),
      builds.map(() => ({ version: "b1", builtFor: "amd64" })),
    );
    assert.equal(builds.length, shop.of("docker-build:index:Image").length);
  });

  it("counts releases, not the parts of an image, when it lets old ones go", () => {
    const ofSystems = shop
      .of("aws:ecr/lifecyclePolicy:LifecyclePolicy")
      .filter(({ name }) => !name.endsWith("-traefik"));
    assert.ok(ofSystems.length > 0);
    for (const { policy } of ofSystems.map(inputs)) {
      const { rules } = JSON.parse(String(policy)) as {
        rules: { selection: { tagStatus: string; countType: string } }[];
      };
      assert.deepEqual(
        rules.map(({ selection }) => [selection.countType, selection.tagStatus]),
        [
          ["sinceImagePushed", "untagged"],
          ["imageCountMoreThan", "tagged"],
        ],
      );
    }
  });

  it("runs the gateway by its digest, and keeps what has no tag for that", () => {
    const pods = shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-gateway");
    assert.match(JSON.stringify(pods?.inputs), /traefik:v3\.6\.7@sha256:[0-9a-f]{64}"/);
    const cache = shop.of("aws:ecr/lifecyclePolicy:LifecyclePolicy").find(({ name }) => name.endsWith("-traefik"));
    assert.doesNotMatch(String(inputs(cache)["policy"]), /untagged|sinceImagePushed/);
  });

  it("goes on scanning images after their push where asked", async () => {
    assert.equal(shop.of("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration").length, 0);
    const { scanType, rules } = (await awsGraph({ "slipway:imageScanning": "enhanced" })).only(
      "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
    );
    assert.deepEqual(
      [scanType, (rules as unknown as { scanFrequency: string }[])[0]?.scanFrequency],
      ["ENHANCED", "CONTINUOUS_SCAN"],
    );
  });
});
