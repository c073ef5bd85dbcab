import { dirname } from "node:path";
import { fetchNpmPackage } from "../../image-build/fetch-npm-package.ts";
import { lockedNode } from "../../image-build/lock-file.ts";
import { nodePackage } from "../../image-build/node-package.ts";
import type { Progress } from "../../machine/progress.ts";
import { toolSets } from "../../tools/catalogue/tools.ts";
import { findInstalled } from "../../tools/installed.ts";
import { resolve } from "../../tools/resolve.ts";

/** A base image that this machine makes from package registries, for where its own registry cannot be reached. */
export interface LocalBase {
  /** Folder below `recipes/`; `debian` is the base below all others. */
  readonly family: "debian" | "node" | "python" | "eclipse-temurin" | "maven" | "golang";
  /** What is really inside, with its version. */
  readonly inside: string;
  /** The tags of `docker.io/library/<family>` that name exactly this. */
  readonly tags: readonly string[];
  /** Folders that the recipe copies from, by name. */
  readonly folders: (progress: Progress) => Promise<Readonly<Record<string, string>>>;
}

/** The npm that goes into the base `node`, and what its package is as the registry has it. */
const NPM = {
  version: "11.21.1",
  integrity: "sha512-YTzL6QBEJXyHcTu0JiUc7RKMp+mzlJtl7rGLmERaXUQeFHIMc9atdr6G9M9C8vDWbv40epoTQAzNL2/PtZVDhQ==",
};
const none = async () => ({});
/** Each version under each way of saying that it is on Debian 12. */
const tags = (versions: readonly string[], endings: readonly string[]) =>
  versions.flatMap((version) => endings.map((ending) => `${version}${ending}`));
const BOOKWORM = ["", "-slim", "-bookworm", "-slim-bookworm"];

/** All of them. Versions that others decide (Go's, Node's) are read where they are decided. */
export async function localBases(): Promise<LocalBase[]> {
  const node = lockedNode("x64").version;
  const go = await goVersion();
  return [
    {
      family: "debian",
      inside: "Debian 12 from its packages",
      tags: tags(["bookworm", "12"], ["", "-slim"]),
      folders: none,
    },
    {
      family: "node",
      inside: `Node.js ${node} from npm`,
      tags: tags(prefixes(node), ["", "-slim", "-bookworm", "-bookworm-slim"]),
      folders: async () => ({
        node: await nodePackage(),
        npm: await fetchNpmPackage("npm", NPM),
      }),
    },
    { family: "python", inside: "Python 3.11.2 from Debian", tags: tags(["3.11", "3.11.2"], BOOKWORM), folders: none },
    {
      family: "eclipse-temurin",
      inside: "Temurin 21 from PyPI",
      tags: ["21-jre"],
      folders: async (progress) => ({ java: await resolve("java-runtime", progress) }),
    },
    {
      family: "maven",
      inside: "Maven 3.8.7 and OpenJDK 17 from Debian",
      tags: tags(["3", "3.8", "3.8.7"], ["-eclipse-temurin-17", "-openjdk-17", "-openjdk-17-slim"]),
      folders: none,
    },
    {
      family: "golang",
      inside: `Go ${go} of the toolchain`,
      tags: tags(prefixes(go).slice(1), ["", "-bookworm"]),
      folders: async (progress) => ({ go: dirname(dirname(await resolve("go", progress))) }),
    },
  ];
}

/** The compiler is asked once in a process: every build asks for the bases. */
let knownGo: Promise<string> | undefined;
function goVersion(): Promise<string> {
  knownGo ??= findInstalled(toolSets.go).then((found) => found?.version ?? toolSets.go.version);
  return knownGo;
}

/** `24`, `24.21` and `24.21.0` of a version. */
function prefixes(version: string): string[] {
  const parts = version.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}
