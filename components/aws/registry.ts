import { PullThroughCacheRule } from "@pulumi/aws/ecr/pullThroughCacheRule.js";
import { RegistryScanningConfiguration } from "@pulumi/aws/ecr/registryScanningConfiguration.js";
import type { Key } from "@pulumi/aws/kms/key.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { encryptionKey } from "./encryption-key.ts";
import type { AwsSettings } from "./settings.ts";

/** What the repositories of all systems share: their key, how they are scanned, and a cache of public images. */
export interface Registry { readonly key: Key; readonly publicImages: string }

/** Third-party images come through our own registry: a limit or an outage of the public one stops no rollout. */
export function registry(name: string, { accountId, region, images }: AwsSettings, opts: CustomResourceOptions): Registry {
  const key = encryptionKey(`${name}-images`, accountId, [], opts);
  const cache = new PullThroughCacheRule(`${name}-public`, { ecrRepositoryPrefix: "ecr-public", upstreamRegistryUrl: "public.ecr.aws" }, opts);
  if (images.scanning === "enhanced") {
    new RegistryScanningConfiguration(name, {
      scanType: "ENHANCED", rules: [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
    }, { ...opts, dependsOn: cache });
  }
  return { key, publicImages: `${accountId}.dkr.ecr.${region}.amazonaws.com/ecr-public` };
}
