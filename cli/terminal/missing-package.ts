import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SHIPPED } from "../../toolchain/roots/shipped.ts";

/** What a user is told when a package is not installed that only some commands need; undefined for every other fault. */
export function missingPackage(error: unknown, command: string): string | undefined {
  const { code, message = "" } = error as NodeJS.ErrnoException;
  const name = /^Cannot find package '((@[^/']+\/)?[^/']+)/.exec(message)?.[1];
  if (code !== "ERR_MODULE_NOT_FOUND" || name === undefined) return undefined;
  const wanted = peers()[name];
  if (wanted === undefined) return undefined;
  return `slipway ${command}: it needs the package ${name}, which is not installed here: \`check\` and \`init\` do without. Next: npm install "${name}@${wanted}" in the project's folder, which has all of them where slipway init wrote it`;
}

function peers(): Readonly<Record<string, string>> {
  const { peerDependencies = {} } = JSON.parse(readFileSync(join(SHIPPED, "package.json"), "utf8")) as {
    readonly peerDependencies?: Readonly<Record<string, string>>;
  };
  return peerDependencies;
}
