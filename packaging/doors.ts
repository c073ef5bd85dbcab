/** Each way into the package, and the file behind it, from the repository's folder. */
export const DOORS: Readonly<Record<string, string>> = {
  ".": "doors/description.ts",
  "./pulumi": "doors/pulumi.ts",
  "./aws": "doors/aws.ts",
  "./plan": "doors/plan.ts",
  "./policies": "doors/policies.ts",
  "./kit": "doors/kit.ts",
};

/** Programs that are started by their path, besides the command and the policy pack. */
export const PROGRAMS = [
  "cli/main.ts",
  "policies/pack.ts",
  "toolchain/cluster/processes/forwarder.ts",
  "toolchain/cluster/processes/carrier.ts",
  "toolchain/cluster/processes/supervisor.ts",
  "toolchain/foreign/buildkit/lend-trust.ts",
  "experiments/load/generator.ts",
] as const;

/** Works on this repository's own files: nobody who has the package has them. */
export const LEFT_OUT = "cli/project/repository.js";
