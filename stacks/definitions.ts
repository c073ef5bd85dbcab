import { readFile } from "node:fs/promises";
import { loadAll } from "js-yaml";
import type { Definition } from "../components/aws/edge/gateway-definitions.ts";
import { definitionFiles } from "../toolchain/cluster/addons/addon-programs.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";

/** Kinds that no system here uses, and whose definitions are the largest. */
const UNUSED =
  /ingressroute|traefikservice|serverstransport|tlsoption|tlsstore|middlewaretcp|xlistenerset|xbackend|xmesh/;

/** Definitions of the Gateway API and of Traefik's Middleware, as their publishers made them. */
export async function definitionsOf(): Promise<readonly Definition[]> {
  const texts = await Promise.all((await definitionFiles(standardProgress())).map((file) => readFile(file, "utf8")));
  return texts
    .flatMap((text) => loadAll(text) as ((Definition & { kind?: string }) | null)[])
    .filter(
      (object): object is Definition =>
        object?.kind === "CustomResourceDefinition" && !UNUSED.test((object as Definition).metadata.name),
    );
}
