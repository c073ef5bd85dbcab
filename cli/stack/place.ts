import { kubeconfigPath } from "../../toolchain/cluster/config/folders.ts";
import type { StackSettings } from "./stack-settings.ts";

/** Where a stack runs: on the cluster that slipway makes on this machine, on one of the user's, or on the one that the stack itself makes on AWS. */
export type Place = "embedded" | "own" | "aws";

export function placeOf({ stage, kubeContext }: StackSettings): Place {
  if (stage === "prod") return "aws";
  return kubeContext === null ? "embedded" : "own";
}

/** Arguments that point kubectl at the stack's cluster. On AWS that is a context with the stack's name, as docs/aws.md makes it. */
export function kubectlTarget(settings: StackSettings): string[] {
  const { stack, cluster, kubeContext } = settings;
  const target = {
    embedded: ["--kubeconfig", kubeconfigPath(cluster)],
    own: ["--context", kubeContext ?? ""],
    aws: ["--context", stack],
  };
  return target[placeOf(settings)];
}
