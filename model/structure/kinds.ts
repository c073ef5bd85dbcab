import type { Of, Shape } from "./shape.ts";

const KIND = "kind";

/** The groups of a form by the word `kind` that tells them apart; undefined where no such word does. */
export function byKind({ of }: Of<"either">): ReadonlyMap<string, Of<"group">> | undefined {
  const groups = of.flatMap((form) => kindsOf(form).map((kind) => [kind, form as Of<"group">] as const));
  return of.every((form) => kindsOf(form).length > 0) ? new Map(groups) : undefined;
}

/** What is written as `kind`, where it is text. */
export function writtenKind(value: Readonly<Record<string, unknown>>): string | undefined {
  const kind = value[KIND];
  return typeof kind === "string" ? kind : undefined;
}

/** The same value with another `kind`. */
export function asKind(value: Readonly<Record<string, unknown>>, kind: string): Readonly<Record<string, unknown>> {
  return { ...value, [KIND]: kind };
}

function kindsOf(form: Shape): readonly string[] {
  const word = form.form === "group" ? form.words[KIND] : undefined;
  const shape = word?.form === "optional" ? word.shape : word;
  return shape?.form === "choice" ? shape.words : [];
}
