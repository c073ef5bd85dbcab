import type { AnyPart } from "../../words/service.ts";
import type { Source } from "../../words/source.ts";

/** Where a program comes from, with every default filled in; paths are relative to the folder of the description. */
export type SourcePlan =
  | { readonly kind: "kit"; readonly file: string }
  /** On the kit too, but one of Slipway's own images: no file of it is beside the description. */
  | { readonly kind: "shipped"; readonly image: string }
  | {
      readonly kind: "build";
      readonly context: string;
      readonly dockerfile: string;
      readonly target: string | null;
      readonly args: Readonly<Record<string, string>>;
    }
  | { readonly kind: "image"; readonly reference: string }
  | { readonly kind: "make"; readonly command: string; readonly watches: readonly string[] };

/** The source of one service. */
export function planSource(name: string, { from }: Pick<AnyPart, "from">): SourcePlan {
  return from === undefined ? { kind: "kit", file: `services/${name}.ts` } : planWritten(from);
}

/** A source that is written down. */
export function planWritten(from: Source): SourcePlan {
  if ("kit" in from) return { kind: "kit", file: from.kit };
  if ("image" in from) return { kind: "image", reference: from.image };
  if ("make" in from) return { kind: "make", command: from.make, watches: from.watches };
  const { build: context, dockerfile = "Dockerfile", target = null, args = {} } = from;
  return { kind: "build", context, dockerfile, target, args };
}

/** True for a program on this project's own kit. */
export function isOnKit({ from }: Pick<AnyPart, "from">): boolean {
  return from === undefined || "kit" in from;
}
