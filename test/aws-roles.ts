import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../cli/project/project-folder.ts";

/** What an account fills into the files of `.github/aws`, as docs/continuous-integration.md shows. */
export const ACCOUNT = {
  ACCOUNT: "111122223333",
  REGION: "eu-central-1",
  REPOSITORY: "shop/slipway",
  STATE_BUCKET: "shop-state",
  STATE_KEY: "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000",
} as const;

/** A policy of `.github/aws`, filled in for an account. */
export function rolePolicy(file: string): string {
  return readFileSync(join(projectFolder, ".github/aws", file), "utf8").replaceAll(
    /\$\{([A-Z_]+)\}/g,
    (whole, name: string) => (ACCOUNT as Readonly<Record<string, string>>)[name] ?? whole,
  );
}
