/** Name of an image, spelled out. */
export interface BaseName {
  /** Host of the registry, such as `docker.io`. */
  readonly registry: string;
  /** Path in the registry, such as `library/python`. */
  readonly repository: string;
  readonly tag: string;
  /** The very image, where the name is pinned to it. */
  readonly digest?: string;
}

/** Spells a name out as every builder does: `python` is `docker.io/library/python:latest`. Undefined for what is no name of an image. */
export function baseName(text: string): BaseName | undefined {
  const [, path = "", tag, digest] =
    /^([a-zA-Z0-9][a-zA-Z0-9._:/-]*?)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  const first = path.split("/", 1)[0] ?? "";
  const isHost = path.includes("/") && (/[.:]/.test(first) || first === "localhost");
  const rest = isHost ? path.slice(first.length + 1) : path.includes("/") ? path : `library/${path}`;
  if (!/^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(rest)) return undefined;
  const registry = isHost && first !== "index.docker.io" ? first : "docker.io";
  return { registry, repository: rest, tag: tag ?? "latest", ...(digest !== undefined && { digest }) };
}

/** In full: `docker.io/library/python:3.11-slim`. */
export function fullName({ registry, repository, tag, digest }: BaseName): string {
  return `${registry}/${repository}:${tag}${digest === undefined ? "" : `@${digest}`}`;
}

/** As people write it, and as BuildKit looks up what answers it: `python:3.11-slim`. */
export function shortName(name: BaseName): string {
  const full = fullName(name);
  return (name.registry === "docker.io" ? full.replace(/^docker\.io\/(library\/)?/, "") : full).replace(/:latest$/, "");
}
