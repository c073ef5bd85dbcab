/** What the Debian base is put together from; part of the hash of every image on it. */
export const debianRecipe = {
  suite: "bookworm",
  mirror: "http://deb.debian.org/debian",
  security: "http://deb.debian.org/debian-security",
  include: ["ca-certificates"],
  exclude: ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"],
  keep: ["/usr/share/doc/*/copyright"],
} as const;

/** Arguments of mmdebstrap that write the base's files to `tar`. */
export function debianArguments(tar: string): string[] {
  const { suite, mirror, security, include, exclude, keep } = debianRecipe;
  return [
    "--variant=minbase",
    "--mode=root",
    `--include=${include.join(",")}`,
    ...exclude.map((path) => `--dpkgopt=path-exclude=${path}`),
    ...keep.map((path) => `--dpkgopt=path-include=${path}`),
    suite,
    tar,
    `deb ${mirror} ${suite} main`,
    `deb ${mirror} ${suite}-updates main`,
    `deb ${security} ${suite}-security main`,
  ];
}
