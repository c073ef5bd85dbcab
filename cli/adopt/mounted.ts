import type { Laid, Program, Written } from "./program.ts";
import type { Note } from "./reading/place.ts";

/** What a program has mounted, wherever that was written. */
export interface Mounted {
  readonly folder?: NonNullable<Program["folder"]>;
  readonly files: readonly Laid[];
  readonly written: readonly Written[];
  readonly writes: readonly string[];
  readonly notes: readonly Note[];
}
