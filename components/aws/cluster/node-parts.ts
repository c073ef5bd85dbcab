import type { Input } from "@pulumi/pulumi";
import type { ImagePlatform } from "../account/settings.ts";
import type { Tags } from "../account/tags.ts";

/** What nodes are made of, whoever runs them. */
export interface NodeParts {
  /** Version of Kubernetes. */
  readonly version: string;
  /** What their processors run: images are built for it. */
  readonly platform: ImagePlatform;
  readonly subnetIds: readonly Input<string>[];
  readonly securityGroupId: Input<string>;
  /** Role by which EKS makes machines and disks in Auto Mode. */
  readonly clusterRoleArn: Input<string>;
  /** Tags of machines, disks and network interfaces. */
  readonly tags: Tags;
}
