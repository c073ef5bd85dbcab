import { visible } from "../../../model/harmless/visible.ts";
import { isDigest } from "../../image-build/digest.ts";
import { BuildFault } from "../build-fault.ts";
import { type BaseName, baseName, fullName } from "../bases/base-name.ts";
import { askRegistry } from "./ask-registry.ts";

const INDEXES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const MANIFESTS = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Every form in which a registry may describe an image. */
export const DESCRIBED = [...INDEXES, ...MANIFESTS].join(", ");

/** An image as its registry has it. */
export interface Published {
  /** What the name stands for now. */
  readonly digest: string;
  /** Such as `linux/amd64`. */
  readonly platforms: readonly string[];
}

interface Document {
  readonly manifests?: readonly { readonly platform?: Platform }[];
  readonly config?: { readonly digest: string };
}
interface Platform {
  readonly os?: string;
  readonly architecture?: string;
}

/** Asks the registry of an image for it. Throws a fault when it does not exist or may not be pulled. */
export async function published(name: BaseName): Promise<Published> {
  const { registry, repository } = name;
  const ask = (path: string, accept: string) => askRegistry({ registry, repository, path, accept });
  const response = await ask(`manifests/${name.digest ?? name.tag}`, DESCRIBED).catch((error: Error) => {
    throw new BuildFault(
      `${registry} does not answer (${visible(error.message)})`,
      "check the network, or say in the machine's table where it has the image",
    );
  });
  if (!response.ok) throw refusal(name, response.status);
  const digest = name.digest ?? response.headers.get("docker-content-digest") ?? "";
  if (!isDigest(digest))
    throw new BuildFault(`${registry} says no digest of ${fullName(name)}`, "name the image by its digest");
  const document = (await response.json()) as Document;
  if (document.manifests !== undefined)
    return { digest, platforms: document.manifests.flatMap(({ platform }) => spelled(platform)) };
  const config = await ask(`blobs/${document.config?.digest ?? ""}`, "*/*");
  return { digest, platforms: config.ok ? spelled((await config.json()) as Platform) : [] };
}

/** Digest that a name stands for now, so that it can be written beside it and cannot move any more. */
export async function pinned(reference: string): Promise<string> {
  const name = baseName(reference);
  if (name === undefined)
    throw new BuildFault(`"${visible(reference)}" is no name of an image`, "write it as `registry/repository:tag`");
  return name.digest ?? (await published(name)).digest;
}

function spelled(platform: Platform | undefined): string[] {
  const { os = "", architecture = "" } = platform ?? {};
  return os === "" || os === "unknown" ? [] : [`${os}/${architecture}`]; // "unknown" are records of the build
}

function refusal(name: BaseName, status: number): BuildFault {
  const full = fullName(name);
  const { registry } = name;
  if (status === 404) return new BuildFault(`image ${full} does not exist`, `look at its name and tag in ${registry}`);
  if (status === 401 || status === 403)
    return new BuildFault(
      `image ${full} may not be pulled, or does not exist: ${registry} answers ${status}`,
      `sign in with \`docker login ${registry}\` (or \`buildah login\`) as somebody who may, and look at its name`,
    );
  if (status === 429)
    return new BuildFault(
      `${registry} lets this address pull no more for now (429)`,
      `wait, or sign in with \`docker login ${registry}\``,
    );
  return new BuildFault(`image ${full} cannot be had: ${registry} answers ${status}`, "run the command again later");
}
