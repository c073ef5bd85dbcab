import type { Progress } from "../../machine/progress.ts";
import type { ToolSet } from "../../tools/catalogue/recipe.ts";
import { provide, resolve } from "../../tools/resolve.ts";

/** What the add-ons are made from. */
export interface AddonPrograms {
  /** Image name → static program. */
  readonly images: { readonly coredns: string; readonly traefik: string; readonly "metrics-server": string };
  /** Files of custom resource definitions: Gateway API and Traefik. */
  readonly definitions: readonly string[];
}

/** Traefik's own definitions (Middleware and others); the generator keeps them beside its documentation. */
const traefikDefinitions: ToolSet = {
  purpose: "definitions of Traefik's Middleware and others",
  version: "3.6.7", // equals `traefik` in toolchain/tools/catalogue/tools.ts
  tools: { "traefik-crds": "crds.yaml" },
  build: [
    {
      kind: "go-files",
      module: "github.com/traefik/traefik/v3",
      version: "v3.6.7",
      folder: "docs/content/reference/dynamic-configuration",
      to: "crds.yaml",
    },
  ],
  minutes: 0.2,
  megabytes: 100,
};

/** Finds or builds the programs of the add-ons; the first time takes minutes. */
export async function addonPrograms(progress: Progress): Promise<AddonPrograms> {
  const images = {
    coredns: await resolve("coredns", progress),
    traefik: await resolve("traefik", progress),
    "metrics-server": await resolve("metrics-server", progress),
  };
  return { images, definitions: await definitionFiles(progress) };
}

/** The group Traefik had before version 3: its publisher still ships one definition of it. */
export const RETIRED_GROUP = ".traefik.containo.us";

/** Files of the custom resource definitions of the Gateway API and of Traefik. */
export async function definitionFiles(progress: Progress): Promise<readonly string[]> {
  const own = await provide("traefik-crds", traefikDefinitions, progress);
  return [await resolve("gateway-api-crds", progress), own["traefik-crds"] as string];
}
