/** What the engine says when it cannot work with the state, its secrets, its plugins or the account, and what helps. */
const ADVICE: readonly [said: RegExp, next: (stack: string) => string][] = [
  [
    /no stack named/,
    (stack) =>
      `is that the right state? Another one: export PULUMI_BACKEND_URL=…. The first time: pulumi stack init ${stack}, as docs/aws.md shows`,
  ],
  [
    /passphrase/i,
    () =>
      "give the stack's own passphrase: export PULUMI_CONFIG_PASSPHRASE=… or PULUMI_CONFIG_PASSPHRASE_FILE=<file>; where neither is set, this machine's own is tried",
  ],
  [
    /PULUMI_ACCESS_TOKEN/,
    () =>
      "PULUMI_BACKEND_URL names no place this machine may use: export PULUMI_BACKEND_URL='s3://<bucket>?region=<region>', or log in to Pulumi Cloud with PULUMI_ACCESS_TOKEN",
  ],
  [/does not have output property/, (stack) => `no update of it has ended yet: npx slipway up ${stack}`],
  [
    /currently locked/,
    (stack) => `wait until that update ends. If it was killed: pulumi cancel -s ${stack}, then run this again`,
  ],
  [
    /unable to open bucket|operation error|credential|AccessDenied|ExpiredToken/i,
    () => "put PULUMI_BACKEND_URL or AWS_REGION right, or log in again: aws sso login, then AWS_PROFILE",
  ],
  [
    /non-interactive mode/,
    (stack) =>
      `nobody can be asked here. Look first: npx slipway preview ${stack} --live; then: npx slipway up ${stack} --yes`,
  ],
];

/** The next step after a message of the engine; that it may be run again when nothing else is known. */
export function engineAdvice(said: string, stack: string): string {
  return (
    ADVICE.find(([pattern]) => pattern.test(said))?.[1](stack) ??
    "put right what it says; then this can be run again as it is"
  );
}
