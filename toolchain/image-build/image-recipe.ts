import { existsSync } from "node:fs";
import { join } from "node:path";
import { folderOf, PROJECT } from "../roots/project.ts";
import { SHIPPED } from "../roots/shipped.ts";
import type { ToolName } from "../tools/catalogue/tools.ts";

/** What one image is made of, besides the folder with its Dockerfile. */
export interface ImageRecipe {
  /** Folder below `toolchain/images/`. */
  readonly folder: string;
  /** What stands in for the Dockerfile's official base where there is no Docker. */
  readonly base: "base-debian" | "base-node" | "scratch";
  /** Name in the build context → tool copied there; `{arch}` stands for each processor that the image is built for. */
  readonly tools: Readonly<Partial<Record<string, ToolName>>>;
  /** TypeScript entry, bundled to `app/<name>.mjs` of the context: of a service from the project's folder, else from what is shipped. */
  readonly bundle: { readonly entry: string; readonly name: "service" | "job" | "verifier" | "mail-sink" } | undefined;
}

const debian = { base: "base-debian", tools: {}, bundle: undefined } as const;
const program = (folder: ToolName): ImageRecipe => ({
  folder,
  base: "scratch",
  tools: { [`{arch}/${folder}`]: folder },
  bundle: undefined,
});

const platformImages: Readonly<Record<string, ImageRecipe>> = {
  job: { folder: "job", base: "base-node", tools: {}, bundle: { entry: "runtime/job.ts", name: "job" } },
  verifier: {
    folder: "verifier",
    base: "base-node",
    tools: {},
    bundle: { entry: "runtime/verifier.ts", name: "verifier" },
  },
  "mail-sink": {
    folder: "mail-sink",
    base: "base-node",
    tools: {},
    bundle: { entry: "components/observability/mail-sink/main.ts", name: "mail-sink" },
  },
  kafka: { ...debian, folder: "kafka", tools: { libs: "kafka-jars" } },
  mariadb: { ...debian, folder: "mariadb" },
  postgres: { ...debian, folder: "postgres" },
  redis: { ...debian, folder: "redis" },
  prometheus: program("prometheus"),
  alertmanager: { ...debian, folder: "alertmanager" },
  "node-exporter": { ...debian, folder: "node-exporter" },
  "blackbox-exporter": { ...debian, folder: "blackbox-exporter" },
  "kube-state-metrics": program("kube-state-metrics"),
  traefik: program("traefik"),
  coredns: program("coredns"),
  "metrics-server": program("metrics-server"),
};

/** Folder that the entry of an image's bundle is named from. */
export function rootOf({ bundle }: ImageRecipe): string {
  return bundle?.name === "service" ? PROJECT : SHIPPED;
}

/** A bundle of ours as the package brings it, made already and compressed; undefined in the repository, and for services. */
export function shippedBundle({ bundle }: ImageRecipe): string | undefined {
  const file = join(SHIPPED, "toolchain/bundles", `${bundle?.name ?? ""}.mjs.br`);
  return bundle !== undefined && bundle.name !== "service" && existsSync(file) ? file : undefined;
}

/** Names of all images that are no service of a system. */
export const platformImageNames: readonly string[] = Object.keys(platformImages);

/** Recipe of a program on the kit by its file, from the project's folder. */
export function kitRecipe(entry: string): ImageRecipe {
  if (existsSync(join(PROJECT, entry)))
    return { folder: "service", base: "base-node", tools: {}, bundle: { entry, name: "service" } };
  throw new Error(`there is no ${entry}. Fix "kit" in the description, or add the file.`);
}

/** Recipe of `kafka`, `job` …, or of a service named `<system>/<service>`. */
export function imageRecipe(name: string): ImageRecipe {
  const known = platformImages[name];
  if (known !== undefined) return known;
  const [system, service, ...rest] = name.split("/");
  const entry = join(folderOf(system ?? ""), "services", `${service}.ts`);
  if (service !== undefined && rest.length === 0 && existsSync(join(PROJECT, entry))) return kitRecipe(entry);
  const wanted =
    service === undefined ? `one of ${platformImageNames.join(", ")}, or "<system>/<service>"` : `the file ${entry}`;
  throw new Error(`image "${name}" is unknown: wanted ${wanted}. Fix the name, or add the file.`);
}
