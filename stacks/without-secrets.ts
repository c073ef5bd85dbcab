import * as pulumi from "@pulumi/pulumi";
import { secretsWithheld } from "../components/withheld-secrets.ts";

/** What holds the values of a Secret; Kubernetes' provider records the second as the first. */
const VALUES = ["data", "stringData"];

/**
 * Where secrets are withheld, no value of a Secret is compared: neither the recorded ones nor those that this program would give it are
 * the real ones, and a Secret that seems to change would seem to roll every pod that reads it.
 */
export function withoutSecrets(): void {
  if (!secretsWithheld()) return;
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
    type === "kubernetes:core/v1:Secret"
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: VALUES }) }
      : undefined,
  );
}
