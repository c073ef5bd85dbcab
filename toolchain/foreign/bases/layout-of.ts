import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDigest } from "../../image-build/digest.ts";
import { BuildFault } from "../build-fault.ts";

/** Digest of the one image that an OCI layout holds. Throws a fault for anything else. */
export function layoutDigest(folder: string): string {
  const fault = (found: string) =>
    new BuildFault(
      `${folder} ${found}`,
      "make it with `skopeo copy docker://NAME oci:FOLDER` or `docker buildx build --output type=oci,tar=false`",
    );
  let index: { readonly manifests?: readonly { readonly digest?: unknown }[] };
  try {
    index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as typeof index;
  } catch {
    throw fault("is no OCI layout: it has no index.json that can be read");
  }
  const [first, ...others] = index.manifests ?? [];
  if (others.length > 0 || typeof first?.digest !== "string" || !isDigest(first.digest))
    throw fault(`holds ${index.manifests?.length ?? 0} images, wanted is one`);
  return first.digest;
}
