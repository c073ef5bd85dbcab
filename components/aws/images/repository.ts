import type { RepositoryArgs } from "@pulumi/aws/ecr/repository.js";
import type { Key } from "@pulumi/aws/kms/key.js";

/** Releases that can be rolled back to, and days an image without a tag stays. */
const KEEP = 30;
const UNTAGGED_DAYS = 7;
/** An index, and an image for each of two platforms. */
const PARTS = 3;

/** A private repository whose tags cannot move, scanned at every push, encrypted with our own key. */
export function repositoryArguments(name: string, key: Key): RepositoryArgs & { readonly name: string } {
  return {
    name,
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    forceDelete: false,
    encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }],
  };
}

/** Keeps the newest of what was pulled through: by its digest, so that nothing there has a tag. */
export function lifecycleOfCache(): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "older images and their parts",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: KEEP * PARTS },
        action: { type: "expire" },
      },
    ],
  });
}

/** Keeps what can be rolled back to and lets the rest go. The parts of an image for several platforms have no tag, but go only after it. */
export function lifecycle(): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "what lost its tag",
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: UNTAGGED_DAYS,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: "older releases",
        selection: { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: KEEP },
        action: { type: "expire" },
      },
    ],
  });
}
