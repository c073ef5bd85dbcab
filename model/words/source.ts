/** A folder with a Dockerfile, built as it is. Paths are relative to the folder of the description. */
export interface Build {
  readonly build: string;
  /** The Dockerfile, relative to the folder that is built; default "Dockerfile". */
  readonly dockerfile?: string;
  /** Stage to stop at; default the last one. */
  readonly target?: string;
  readonly args?: { readonly [name in string]: string };
}

/** A published image. A tag can move, so prod takes a digest only: `name:tag@sha256:…`. */
export interface Image {
  readonly image: string;
}

/** A command that leaves an image behind (Jib, `dotnet publish`, buildpacks); it runs in the folder of the description. */
export interface Made {
  /** `{reference}` stands for where the image is pushed to, `{archive}` for a file to write it to. */
  readonly make: string;
  /** Files whose change makes it run again, as globs. */
  readonly watches: readonly string[];
}

/** A TypeScript file on this project's own kit, relative to the folder of the description. */
export interface Kit {
  readonly kit: string;
}

/** Where a program comes from. No line of the program has to change. */
export type Source = Build | Image | Made | Kit;
