import assert from "node:assert/strict";
import { engineAdvice } from "./engine-advice.ts";

/** What the engine really says, and what has to be in the advice. */
const SAID: readonly [said: string, wanted: RegExp][] = [
  ["error: no stack named 'prod' found", /PULUMI_BACKEND_URL.*pulumi stack init prod/],
  ["error: getting stack configuration: get stack secrets manager: incorrect passphrase", /PULUMI_CONFIG_PASSPHRASE/],
  [
    "error: getting stack configuration: get stack secrets manager: unable to read PULUMI_CONFIG_PASSPHRASE_FILE: open /nope: no such file or directory",
    /PULUMI_CONFIG_PASSPHRASE_FILE/,
  ],
  ["error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions", /s3:\/\/<bucket>\?region/],
  [
    "error: unable to open bucket file:///nope?no_tmp_dir=true: stat /nope: no such file or directory",
    /PULUMI_BACKEND_URL/,
  ],
  [
    'error: read ".pulumi/meta.yaml": blob (code=Unknown): operation error S3: GetObject, get identity: get credentials: failed to refresh cached credentials',
    /aws sso login/,
  ],
  [
    "error: getting stack configuration: get stack secrets manager: secrets (code=Unknown): operation error KMS: Decrypt, https response error StatusCode: 0",
    /log in again/,
  ],
  [
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
    /pulumi cancel -s prod/,
  ],
  [
    "error: --yes or --skip-preview or --preview-only must be passed in to proceed when running in non-interactive mode",
    /up prod --yes/,
  ],
  ["error: current stack does not have output property 'urls'", /npx slipway up prod/],
  ["error: update failed", /run again as it is/],
];

describe("a message of the engine", () => {
  for (const [said, wanted] of SAID)
    it(`"${said.slice(0, 60)}…" comes with what to do`, () => assert.match(engineAdvice(said, "prod"), wanted));
});
