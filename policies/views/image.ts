/** Images and what runs from them. */

import { containersOf, type Workload } from "../resources/pods.ts";

export interface ImageParts {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits `registry:5000/name:tag@sha256:…`; a malformed digest counts as none. */
export function parseImage(image: string | undefined): ImageParts {
  const [name = "", suffix] = (image ?? "").split("@", 2);
  const digest = suffix && /^(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/.test(suffix) ? suffix : undefined;
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return {
    repository: colon < 0 ? name : name.slice(0, colon),
    tag: colon < 0 ? undefined : name.slice(colon + 1) || undefined,
    digest,
  };
}

/** True when a workload's own containers run an image whose last name matches. */
export function runs(workload: Workload, name: RegExp): boolean {
  return [...containersOf(workload)].some(
    ({ container, role }) =>
      role === "app" && name.test(parseImage(container.image).repository.split("/").at(-1) ?? ""),
  );
}
