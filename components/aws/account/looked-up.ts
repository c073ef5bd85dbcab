import * as pulumi from "@pulumi/pulumi";

/** What a setting names and AWS has to have already. */
interface Named {
  readonly key: string;
  readonly value: string;
  readonly allowed: string;
  readonly fix: string;
}

/** What was found, or an error that names the setting and what to do about it instead of a call of the provider. */
export function lookedUp<T>(found: Promise<T>, { key, value, allowed, fix }: Named): pulumi.Output<pulumi.Unwrap<T>> {
  return pulumi.output(
    found.catch((error: unknown) => {
      throw new pulumi.RunError(`${key}: found "${value}", allowed: ${allowed} (${reason(error)}). Fix: ${fix}`);
    }),
  );
}

/** The provider's own words: the last line that says something. */
export function reason(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error))
    .split("\n")
    .map((line) => line.replace(/^[\s*]+/, "").trim());
  return lines.findLast((line) => line !== "") ?? "no reason given";
}
