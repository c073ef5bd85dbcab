import { readFile } from "node:fs/promises";
import { loadAll } from "js-yaml";
import type { Definition } from "../components/aws/edge/gateway-definitions.ts";
import { definitionFiles, RETIRED_GROUP } from "../toolchain/cluster/addons/addon-programs.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";

/** Definitions of the Gateway API and of Traefik's own kinds, as their publishers made them: it lists each kind before it serves the first route. */
export async function definitionsOf(): Promise<readonly Definition[]> {
  const texts = await Promise.all((await definitionFiles(standardProgress())).map((file) => readFile(file, "utf8")));
  return texts
    .flatMap((text) => loadAll(text) as ((Definition & { kind?: string }) | null)[])
    .filter(
      (object): object is Definition =>
        object?.kind === "CustomResourceDefinition" && !object.metadata.name.endsWith(RETIRED_GROUP),
    );
}
