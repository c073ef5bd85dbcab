import { readFileSync } from "node:fs";
import type { ImageStore } from "../../image-build/image-store.ts";
import { ImageFiles } from "./image-files.ts";
import { runProgram } from "../../machine/run-program.ts";

/** What an image says of itself. */
export interface ImageFacts {
  /** Processor it is for, such as `amd64`. */
  readonly architecture: string;
  /** As written by `USER`: a number or a name, perhaps with a group. Empty where it is not said, which is root. */
  readonly user: string;
  /** Whether it starts as root unless told otherwise. */
  readonly asRoot: boolean;
  /** Ports named by `EXPOSE`, such as 8080; UDP is left out. */
  readonly ports: readonly number[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly folder: string;
  readonly variables: readonly string[];
}

/** The part of an image's configuration that matters here. */
export interface ImageConfiguration {
  readonly architecture?: string;
  readonly config?: {
    readonly User?: string;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly WorkingDir?: string;
    readonly Env?: readonly string[] | null;
  };
}

/** What a stored image says of itself. Throws when it is not in the store. */
export function imageFacts(store: ImageStore, reference: string): ImageFacts {
  const { config } = stored(store, reference).manifest;
  return factsOf(JSON.parse(readFileSync(store.blob(config.digest), "utf8")) as ImageConfiguration);
}

/** The same of a configuration. */
export function factsOf({ architecture = "", config = {} }: ImageConfiguration): ImageFacts {
  const user = config.User ?? "";
  const ports = Object.keys(config.ExposedPorts ?? {}).filter((port) => !port.endsWith("/udp"));
  return {
    architecture,
    user,
    asRoot: ["", "0", "root"].includes(user.split(":", 1)[0] ?? ""),
    ports: ports
      .map((port) => Number.parseInt(port, 10))
      .filter(Number.isInteger)
      .sort((a, b) => a - b),
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    folder: config.WorkingDir || "/",
    variables: config.Env ?? [],
  };
}

/** Whether a command written as one text (`sh -c`) can run in a stored image. */
export async function hasShell(store: ImageStore, reference: string): Promise<boolean> {
  return (await ImageFiles.of(store, stored(store, reference).manifest)).find("/bin/sh") !== undefined;
}

/** Number of the user that an image starts as; undefined where its name stands in no /etc/passwd. Kubernetes takes no names. */
export async function userNumber(store: ImageStore, reference: string): Promise<number | undefined> {
  const name = imageFacts(store, reference).user.split(":", 1)[0] || "root";
  if (/^\d+$/.test(name)) return Number(name);
  for (const { digest } of stored(store, reference).manifest.layers.toReversed()) {
    const passwd = await runProgram("tar", [
      "-xOf",
      store.blob(digest),
      "--wildcards",
      "--no-anchored",
      "etc/passwd",
    ]).catch(() => "");
    const line = passwd.split("\n").find((text) => text.startsWith(`${name}:`));
    if (line !== undefined) return Number(line.split(":")[2]);
    if (passwd !== "") return undefined;
  }
  return name === "root" ? 0 : undefined;
}

function stored(store: ImageStore, reference: string): NonNullable<ReturnType<ImageStore["find"]>> {
  const image = store.find(reference);
  if (image === undefined) throw new Error(`image ${reference} is not in ${store.folder}`);
  return image;
}
