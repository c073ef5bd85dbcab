import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy.js";
import { PullThroughCacheRule } from "@pulumi/aws/ecr/pullThroughCacheRule.js";
import { RegistryScanningConfiguration } from "@pulumi/aws/ecr/registryScanningConfiguration.js";
import { Repository } from "@pulumi/aws/ecr/repository.js";
import type { Key } from "@pulumi/aws/kms/key.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { encryptionKey } from "../account/encryption-key.ts";
import { lifecycleOfCache, repositoryArguments } from "./repository.ts";
import type { AwsSettings } from "../account/settings.ts";

/** What the repositories of all systems share: their key, how they are scanned, and a cache of public images. */
export interface Registry {
  readonly key: Key;
  readonly gatewayImage: string;
}

/**
 * The gateway, as its makers publish it; the version of the embedded cluster (toolchain/tools/catalogue/tools.ts). The digest
 * is that of the index for all platforms (docker-library/repo-info): whatever the tag says later, this is what runs.
 */
const TRAEFIK = {
  image: "docker/library/traefik",
  version: "v3.6.7",
  digest: "sha256:a9890c898f379c1905ee5b28342f6b408dc863f08db2dab20e46c267d1ff463a",
} as const;

/**
 * The gateway's image comes through our own registry: a limit or an outage of the public one stops no customer. Grafana's comes from Docker Hub
 * by its digest: the cache asks Docker Hub only with an account there, and dashboards can wait.
 */
export function registry(
  name: string,
  { accountId, region, images }: AwsSettings,
  opts: CustomResourceOptions,
): Registry {
  const key = encryptionKey(`${name}-images`, accountId, [], opts);
  const cache = new PullThroughCacheRule(
    `${name}-public`,
    { ecrRepositoryPrefix: "ecr-public", upstreamRegistryUrl: "public.ecr.aws" },
    opts,
  );
  if (images.scanning === "enhanced") {
    new RegistryScanningConfiguration(
      name,
      {
        scanType: "ENHANCED",
        rules: [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
      },
      { ...opts, dependsOn: cache },
    );
  }
  const cached = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
  const gateway = new Repository(`${name}-traefik`, repositoryArguments(`ecr-public/${TRAEFIK.image}`, key), {
    ...opts,
    protect: true,
    dependsOn: cache,
  });
  new LifecyclePolicy(`${name}-traefik`, { repository: gateway.name, policy: lifecycleOfCache() }, opts);
  return { key, gatewayImage: `${cached}/ecr-public/${TRAEFIK.image}:${TRAEFIK.version}@${TRAEFIK.digest}` };
}
