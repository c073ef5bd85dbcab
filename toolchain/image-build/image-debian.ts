/** What the Debian base is put together from; part of the hash of every image on it. */
export const debianRecipe = {
  suite: "bookworm",
  include: ["ca-certificates"],
  exclude: ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"],
  keep: ["/usr/share/doc/*/copyright"],
} as const;

/** Arguments of mmdebstrap that write the base's files to `tar`, from these sources or, if there are none, from its own. */
export function debianArguments(tar: string, sources: readonly string[]): string[] {
  const { suite, include, exclude, keep } = debianRecipe;
  return [
    "--variant=minbase",
    "--mode=root",
    `--include=${include.join(",")}`,
    ...exclude.map((path) => `--dpkgopt=path-exclude=${path}`),
    ...keep.map((path) => `--dpkgopt=path-include=${path}`),
    suite,
    tar,
    ...sources,
  ];
}
