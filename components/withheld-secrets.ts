import * as pulumi from "@pulumi/pulumi";

/** What a preview has instead of a secret, as plans and states write it: policies know that nobody can judge it. */
const PLACEHOLDER = "[secret]";

/**
 * True in a preview that was told to do without secrets (`SLIPWAY_SECRETS=withheld`; the command sets it). An update has them
 * whatever the shell says: a placeholder must never be deployed.
 */
export function secretsWithheld(): boolean {
  return process.env["SLIPWAY_SECRETS"] === "withheld" && pulumi.runtime.isDryRun();
}

/** A secret that somebody else keeps, such as Secrets Manager; where secrets are withheld nobody reads it, but it may be looked up. */
export function unlessWithheld(there: pulumi.Output<string>, read: () => pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.secret(secretsWithheld() ? there.apply(() => PLACEHOLDER) : read());
}
