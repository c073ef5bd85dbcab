/** The parts of an image reference. */

export interface ImageParts {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits `registry:5000/name:tag@sha256:…`; a malformed digest counts as none. */
export function parseImage(image: string | undefined): ImageParts {
  const [name = "", suffix] = (image ?? "").split("@", 2);
  const digest = suffix && /^(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/i.test(suffix) ? suffix : undefined;
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return {
    repository: colon < 0 ? name : name.slice(0, colon),
    tag: colon < 0 ? undefined : name.slice(colon + 1) || undefined,
    digest,
  };
}
