import assert from "node:assert/strict";
import { Key } from "@pulumi/aws/kms/key.js";
import { ACCOUNT, prodPlan, TODAY } from "../../../test/aws-account.ts";
import { awsAnswers } from "../../../test/aws-answers.ts";
import { awsGraph, inputs } from "../../../test/aws-graph.ts";
import { recordResources } from "../../../test/record-resources.ts";
import type { ImageConnection } from "../../platform.ts";
import { readAwsSettings } from "../settings/read-settings.ts";
import { Images, type ImageSource } from "./images.ts";

/** What is declared for images of these sources, and how the ready one is connected. */
async function declared(sources: readonly ImageSource[]) {
  let ready: ImageConnection | undefined;
  const settings = readAwsSettings(ACCOUNT, [prodPlan], TODAY);
  const resources = await recordResources(
    "prod",
    (parent) => {
      const key = new Key("images", {}, { parent });
      ready = new Images("images", { settings, key, sources, tags: {} }, { parent }).find("shop/ready");
    },
    awsAnswers,
  );
  return { resources, ready };
}

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

  it("are built from what others wrote as it is, from what a command made, or run as others published them", async () => {
    const built = { repository: "shop/x", version: "b1", context: "systems/shop/x" };
    const sources: ImageSource[] = [
      { ...built, name: "shop/kit" },
      { ...built, name: "shop/x", dockerfile: "systems/shop/x/docker/api", target: "run", args: { A: "1" } },
      { ...built, name: "shop/x/migration", made: ".slipway/contexts/x.image:b1" },
      { name: "shop/ready", version: "r1", reference: "example.com/ready@sha256:1" },
    ];
    const { resources, ready } = await declared(sources);
    assert.deepEqual(ready, { reference: "example.com/ready@sha256:1", version: "r1" });
    const images = resources.filter(({ type }) => type === "docker-build:index:Image");
    const told = images.map((image) => {
      const { context, dockerfile, target, buildArgs } = inputs(image);
      return [image.name, { context, dockerfile, target, buildArgs }];
    });
    assert.deepEqual(Object.fromEntries(told), {
      "images-kit": {
        context: { location: "systems/shop/x" },
        dockerfile: { location: "systems/shop/x/Dockerfile" },
        target: undefined,
        buildArgs: undefined,
      },
      "images-x": {
        context: { location: "systems/shop/x" },
        dockerfile: { location: "systems/shop/x/docker/api" },
        target: "run",
        buildArgs: { A: "1" },
      },
      "images-x.migration": {
        context: {
          location: "systems/shop/x",
          named: { made: { location: "oci-layout://.slipway/contexts/x.image:b1" } },
        },
        dockerfile: { inline: "FROM made\n" },
        target: undefined,
        buildArgs: undefined,
      },
    });
    assert.equal(resources.filter(({ type }) => type === "aws:ecr/repository:Repository").length, 3);
  });
});
