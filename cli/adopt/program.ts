import type { Health, Protocol } from "../../model/words/answer.ts";
import type { Scale } from "../../model/words/service.ts";
import type { Source } from "../../model/words/source.ts";
import type { Fact } from "../../model/words/value.ts";
import type { Found } from "../scaffolds/found/what-was-found.ts";
import type { Note, Place } from "./reading/place.ts";

/** A port of a program, as its files or its callers know it. */
export interface Port {
  readonly listens: number;
  /** The port its callers were written for, where it is another one. */
  readonly known?: number;
  readonly name?: string;
  readonly protocol?: Protocol;
}

/** What a variable is set to: text, a secret that somebody keeps elsewhere, what the platform knows, or nobody said. */
export type Told =
  /** `holes` are variables in it that nobody sets: `${NAME}` stands there. */
  | { readonly text: string; readonly holes?: readonly string[] }
  /** `hidden` is what stands in it, for whoever looks for addresses; it is never shown. */
  | { readonly secret: string; readonly hidden?: string }
  | { readonly fact: Fact }
  | { readonly missing: string };

/** One variable of a program and where it is set. */
export interface Variable {
  readonly name: string;
  readonly told: Told;
  readonly at: Place;
  /** What it is read from, where several programs read all of it: a ConfigMap by `envFrom`, an `env_file`. */
  readonly shared?: string;
}

/** Text of a program in which addresses may stand: its command, a file laid into it. */
export interface Written {
  readonly what: string;
  readonly text: string;
  readonly at: Place;
}

/** What the public reaches, as far as the files say. */
export interface Published {
  readonly path: string;
  readonly host?: string;
  /** What the program sees instead of the path. */
  readonly as?: string;
  readonly port?: number;
  /** The port of the machine that leads to it. */
  readonly onMachine?: number;
  readonly at: Place;
  /** What says so: "Ingress shop", "ports 8080:80". */
  readonly because: string;
  /** True where it may be there for developers alone: a port that Compose binds on the machine. */
  readonly maybe: boolean;
}

/** A file laid into the container: its text, its path beside the description, or a secret. */
export interface Laid {
  readonly path: string;
  readonly file: { readonly text: string } | { readonly from: string } | { readonly secret: string };
  readonly at: Place;
}

export interface Sizes {
  readonly cpu?: string;
  readonly memory?: string;
  readonly startsWithin?: string;
  readonly stopsWithin?: string;
  readonly writes?: readonly string[];
  readonly user?: number;
}

/** A second program of a pod. */
export interface Companion {
  readonly name: string;
  readonly image: string;
  readonly run: readonly string[];
  readonly variables: readonly Variable[];
  readonly at: Place;
}

/** One program, the same whether it came from Compose or from manifests. */
export interface Program {
  readonly name: string;
  readonly at: Place;
  /** Other names by which programs may ask for it. */
  readonly aliases: readonly string[];
  /** Where it runs in a cluster; names of other namespaces have theirs behind them. */
  readonly namespace?: string;
  /** Names that only this program has for others (`links`). */
  readonly links?: ReadonlyMap<string, string>;
  readonly job: boolean;
  /** When a job runs, in words, where its files say so. */
  readonly runs?: string;
  readonly endsWithin?: string;
  readonly overlap?: "skip" | "replace" | "allow";
  readonly source: Source;
  /** Image by which a store is recognised: its own, or the base of what is built. */
  readonly base: string;
  readonly run: readonly string[];
  readonly ports: readonly Port[];
  readonly variables: readonly Variable[];
  readonly written: readonly Written[];
  readonly health?: Health;
  readonly sizes: Sizes;
  readonly scale?: Scale;
  readonly folder?: { readonly path: string; readonly size?: string };
  readonly files: readonly Laid[];
  readonly published: readonly Published[];
  /** Where its command stands, when only the image knows what is before it. */
  readonly behind?: Place;
  /** Shares the network of its machine: it asks others at `localhost`. */
  readonly onHost: boolean;
  readonly waitsFor: readonly { readonly name: string; readonly at: Place }[];
  readonly beside: readonly Companion[];
  /** What a look at its Dockerfile and its sources gives. */
  readonly look?: Found;
  /** Whether its sources speak of a variable; undefined where nobody has them. */
  readonly speaksOf?: (variable: string) => boolean;
  /** What stands in the files and is not carried over. */
  readonly notes: readonly Note[];
}

/** Everything that was read. */
export interface Adopted {
  /** What the files call the whole, if they do. */
  readonly name?: string;
  readonly programs: readonly Program[];
  /** What belongs to no program and is not carried over. */
  readonly notes: readonly Note[];
}
