import { HIDDEN, SIGNATURE, withSecrets } from "./masked.ts";
import type { RecordedResource } from "./recorded-plan.ts";

/** All that is secret of a Secret is an object, and the provider checks that it is one. */
const WITHOUT_KEYS = {};

/**
 * The resources of an exported state (`pulumi stack export`) with a placeholder in every secret's place. The secrets need not be opened
 * for that, so it takes neither a passphrase nor a key.
 */
export function withheldState(exported: string): RecordedResource[] {
  const { deployment } = JSON.parse(exported) as { deployment: { resources?: RecordedResource[] | null } };
  return (deployment.resources ?? []).map((resource) => {
    const plaintext = JSON.stringify(resource.type === "kubernetes:core/v1:Secret" ? WITHOUT_KEYS : HIDDEN);
    return withSecrets(resource, (envelope) => ({ [SIGNATURE]: envelope[SIGNATURE], plaintext })) as RecordedResource;
  });
}
